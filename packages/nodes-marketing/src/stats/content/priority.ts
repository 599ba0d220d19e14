export type ContentGoal = 'viral' | 'evergreen' | 'conversion';

/** What is known of a piece that could be made. */
export interface ContentCandidate {
  /** Chance that it does what it is made for, 0–1. */
  readonly probability: number;
  /** What it would bring then, each 0–1 of the most any candidate could: parts have no common unit. */
  readonly impact: {
    readonly reach: number;
    readonly search: number;
    readonly conversions: number;
  };
  /** Work, 1 or more. */
  readonly effort: number;
  /** Until interest is greatest; negative after it. Absent: it does not pass. */
  readonly hoursToPeak?: number;
  /** Since it was thought of. Decides between equals. */
  readonly ageHours: number;
}

/** What counts for each goal. */
const WEIGHTS: Readonly<Record<ContentGoal, ContentCandidate['impact']>> = {
  viral: { reach: 0.7, search: 0.1, conversions: 0.2 },
  evergreen: { reach: 0.1, search: 0.7, conversions: 0.2 },
  conversion: { reach: 0.1, search: 0.2, conversions: 0.7 },
};
const HOURS_OF_WAIT = 24;

/** P · impact · timeliness / effort; what nears its peak counts most now. @see marketing.md A15 */
export function contentPriority(candidate: ContentCandidate, goal: ContentGoal): number {
  const { probability, impact, effort, hoursToPeak } = candidate;
  const weights = WEIGHTS[goal];
  const worth =
    impact.reach * weights.reach +
    impact.search * weights.search +
    impact.conversions * weights.conversions;
  const timeliness =
    goal !== 'viral' || hoursToPeak === undefined
      ? 1
      : Math.exp(-Math.abs(hoursToPeak) / HOURS_OF_WAIT);
  return (probability * worth * timeliness) / Math.max(1, effort);
}

/** The best first; of equals the older, which would else wait for ever. */
export const rankContent = <C extends ContentCandidate>(
  candidates: readonly C[],
  goal: ContentGoal,
): C[] =>
  candidates.toSorted(
    (a, b) => contentPriority(b, goal) - contentPriority(a, goal) || b.ageHours - a.ageHours,
  );
