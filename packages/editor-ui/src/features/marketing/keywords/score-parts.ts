import type { Keyword } from '../api/keyword.ts';

/** Months of work are compared: a new page costs three times an update, links five times. */
export interface ScoreParts {
  /** Worth of the clicks won a month, if the target is reached. */
  readonly expectedValue: number;
  /** Chance to reach the target, 0–1. */
  readonly probability: number;
  /** What the rest of the score says of the work: 1 improve a page, 3 write one, 5 win links. */
  readonly effort: number;
}

/** What a score is made of: value × chance ÷ effort. Undefined while it is not scored. */
export function scoreParts({ score, expectedValue, probability }: Keyword): ScoreParts | undefined {
  if (score === null || expectedValue === null || probability === null || score <= 0)
    return undefined;
  return {
    expectedValue,
    probability,
    effort: Math.round((expectedValue * probability) / score),
  };
}

/** A keyword that has no volume or no difficulty has no place in a chart of both. */
export const isPlottable = ({ volume, difficulty }: Keyword): boolean =>
  volume !== null && volume > 0 && difficulty !== null;
