import { AS_EXPECTED, type Belief, type PriorBelief } from '../programmes/learnings.ts';
import type { SeededRandom } from '../stats/math/random.ts';
import type { ProspectKind } from '../tables/links.ts';

/** The two things that have to go well: they answer, and the answer brings a link. */
export type Step = 'reply' | 'link';

export const STEPS = ['reply', 'link'] as const satisfies readonly Step[];

/**
 * Rates before own outcomes are known, and hours of work each takes. The rates are rules of thumb of
 * outreach practice, held as weakly as ten outcomes.
 */
const USUAL: Readonly<Record<ProspectKind, Readonly<Record<Step | 'hours', number>>>> = {
  linkGap: { reply: 0.08, link: 0.3, hours: 1 },
  guestPost: { reply: 0.12, link: 0.4, hours: 5 },
  brokenLink: { reply: 0.12, link: 0.35, hours: 1 },
  lostLink: { reply: 0.25, link: 0.5, hours: 0.5 },
  mention: { reply: 0.2, link: 0.6, hours: 0.5 },
  journalist: { reply: 0.15, link: 0.35, hours: 0.75 },
};
const PRIOR_OUTCOMES = 10;

/** Name of a belief: `reply:brokenLink`. */
export const subjectOf = (step: Step, kind: string): string => `${step}:${kind}`;

export const hoursFor = (kind: ProspectKind): number => USUAL[kind].hours;

/**
 * What is believed of a rate before outcomes. With outcomes of 0 and 1 the mean after them is that of
 * a Beta distribution.
 */
export function priorOf(subject: string): PriorBelief {
  const [step, kind] = subject.split(':');
  const rate = STEPS.flatMap((each) => (each === step && isKind(kind) ? USUAL[kind][each] : []))[0];
  if (rate === undefined) return AS_EXPECTED;
  return { mean: rate, weight: PRIOR_OUTCOMES, noise: Math.sqrt(rate * (1 - rate)) };
}

const isKind = (kind = ''): kind is ProspectKind => Object.hasOwn(USUAL, kind);

/** The rate held likeliest now. */
export const expectedChance = (subject: string, learned: ReadonlyMap<string, Belief>): number =>
  learned.get(subject)?.mean ?? priorOf(subject).mean;

/**
 * A rate drawn from the belief (Thompson sampling): what is little known is tried more often than its
 * mean alone would have it.
 */
export function drawnChance(
  subject: string,
  learned: ReadonlyMap<string, Belief>,
  random: SeededRandom,
): number {
  const mean = Math.min(0.999, Math.max(0.001, expectedChance(subject, learned)));
  const weight = PRIOR_OUTCOMES + (learned.get(subject)?.count ?? 0);
  return random.beta(mean * weight, (1 - mean) * weight);
}
