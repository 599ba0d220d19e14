import { logGamma } from '../math/special.ts';

/** A stretch in which something happened more often than usual. */
export interface Burst {
  /** Index of the first and the last count in it. */
  readonly start: number;
  readonly end: number;
  /** What was saved by calling it a burst; comparable within one series. */
  readonly weight: number;
  /** True when it lasts to the end of the series. */
  readonly isOpen: boolean;
}

export interface BurstOptions {
  /** The rate in a burst is this many times the base rate. */
  readonly ratio: number;
  /** Price of entering a burst: gamma · ln n. */
  readonly gamma: number;
}

const DEFAULTS: BurstOptions = { ratio: 2, gamma: 1 };

/**
 * Finds bursts in counts per period by the cheapest way through two states, Poisson rates apart by
 * `ratio`; going up costs, coming down does not.
 *
 * @param counts - Events in each period, 0 or more.
 * @see Kleinberg: Bursty and hierarchical structure in streams, 2003
 */
export function findBursts(counts: readonly number[], given: Partial<BurstOptions> = {}): Burst[] {
  const { ratio, gamma } = { ...DEFAULTS, ...given };
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || counts.length < 2) return [];
  const base = total / counts.length;
  const rates = [base, base * ratio] as const;
  const rise = gamma * Math.log(counts.length);
  const cost = counts.map((count) => rates.map((rate) => poissonCost(count, rate)));
  const states = cheapestStates(cost, rise);
  return stretches(states, cost);
}

/** −ln of the Poisson probability of `count` at `rate`; counts need not be whole. */
const poissonCost = (count: number, rate: number): number =>
  rate - count * Math.log(rate) + logGamma(count + 1);

/** Viterbi over the two states. */
function cheapestStates(cost: readonly (readonly number[])[], rise: number): number[] {
  let [calm, busy] = [0, Infinity];
  const cameFrom: [number, number][] = [];
  for (const [low = 0, high = 0] of cost) {
    const intoCalm = busy < calm ? 1 : 0;
    const intoBusy = busy <= calm + rise ? 1 : 0;
    cameFrom.push([intoCalm, intoBusy]);
    [calm, busy] = [Math.min(calm, busy) + low, Math.min(busy, calm + rise) + high];
  }
  const states = Array<number>(cost.length).fill(0);
  let state = busy < calm ? 1 : 0;
  for (let index = cost.length - 1; index >= 0; index -= 1) {
    states[index] = state;
    state = cameFrom[index]?.[state] ?? 0;
  }
  return states;
}

function stretches(states: readonly number[], cost: readonly (readonly number[])[]): Burst[] {
  const bursts: Burst[] = [];
  let start = -1;
  let weight = 0;
  [...states, 0].forEach((state, index) => {
    if (state === 1) {
      if (start < 0) start = index;
      weight += (cost[index]?.[0] ?? 0) - (cost[index]?.[1] ?? 0);
    } else if (start >= 0) {
      bursts.push({ start, end: index - 1, weight, isOpen: index === states.length });
      start = -1;
      weight = 0;
    }
  });
  return bursts;
}
