import { chiSquareP } from '../math/distributions.ts';
import type { Interval } from '../experiments/arm.ts';
import { wilsonInterval } from '../experiments/wilson.ts';

/** Something somebody did. */
export interface FunnelEvent {
  readonly who: string;
  readonly name: string;
  /** ms since the epoch. */
  readonly at: number;
}

export interface FunnelStep {
  readonly name: string;
  readonly reached: number;
  /** Of those at the step before; absent at the first. */
  readonly conversion?: number;
  readonly interval?: Interval;
  readonly dropOff?: number;
}

const TWO_WEEKS_MS = 14 * 86_400_000;

/**
 * How many went how far: each step's first event after the step before, within a window that begins
 * with the first step. Other events may lie between; an early later step does not count.
 *
 * @see marketing.md A32
 */
export function funnelOf(
  events: readonly FunnelEvent[],
  steps: readonly string[],
  windowMs = TWO_WEEKS_MS,
): FunnelStep[] {
  const reached = steps.map(() => 0);
  for (const own of Map.groupBy(events, ({ who }) => who).values()) {
    const depth = depthOf(
      own.toSorted((a, b) => a.at - b.at),
      steps,
      windowMs,
    );
    for (let step = 0; step < depth; step += 1) reached[step] = (reached[step] ?? 0) + 1;
  }
  return steps.map((name, index) => {
    const count = reached[index] ?? 0;
    const before = reached[index - 1];
    if (before === undefined) return { name, reached: count };
    const conversion = before === 0 ? 0 : count / before;
    const interval = wilsonInterval({ trials: before, successes: count });
    return { name, reached: count, conversion, interval, dropOff: 1 - conversion };
  });
}

function depthOf(own: readonly FunnelEvent[], steps: readonly string[], windowMs: number): number {
  let depth = 0;
  let begun = 0;
  for (const { name, at } of own) {
    if (depth > 0 && at - begun > windowMs) break;
    if (name !== steps[depth]) continue;
    if (depth === 0) begun = at;
    depth += 1;
  }
  return depth;
}

export interface Breakdown {
  readonly chi2: number;
  readonly freedom: number;
  readonly p: number;
}

/** Whether groups convert differently (χ² of a table of two columns). p 1 where nothing can differ. */
export function compareGroups(
  groups: readonly { readonly trials: number; readonly successes: number }[],
): Breakdown {
  const trials = groups.reduce((sum, group) => sum + group.trials, 0);
  const successes = groups.reduce((sum, group) => sum + group.successes, 0);
  const filled = groups.filter((group) => group.trials > 0);
  const freedom = filled.length - 1;
  const rate = successes / trials;
  if (freedom < 1 || rate === 0 || rate === 1)
    return { chi2: 0, freedom: Math.max(0, freedom), p: 1 };
  const chi2 = filled.reduce((sum, group) => {
    const expected = group.trials * rate;
    return sum + (group.successes - expected) ** 2 / (expected * (1 - rate));
  }, 0);
  return { chi2, freedom, p: chiSquareP(chi2, freedom) };
}
