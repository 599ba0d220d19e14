import { createRandom } from '../math/random.ts';
import type { Arm } from './arm.ts';

export interface BanditOptions {
  readonly seed: number;
  /** Least share of every arm: what is never shown is never learned. */
  readonly floor: number;
  /** Trials an arm needs before shares move away from equal. */
  readonly minTrials: number;
  readonly draws: number;
}

const DEFAULTS: BanditOptions = { seed: 1, floor: 0.01, minTrials: 100, draws: 10_000 };

/**
 * Shares for the next visitors by top-two Thompson sampling on Beta(1 + successes, 1 + failures):
 * half of the weight goes to the arm that was best in a draw, half to the runner-up.
 *
 * @returns Shares in the order of `arms`, summing to 1; equal until every arm has its `minTrials`.
 * @see Russo: Simple Bayesian algorithms for best-arm identification, 2020; marketing.md A28
 */
export function banditShares(arms: readonly Arm[], given: Partial<BanditOptions> = {}): number[] {
  const { seed, floor, minTrials, draws } = { ...DEFAULTS, ...given };
  const equal = arms.map(() => 1 / arms.length);
  if (arms.length < 2 || arms.some(({ trials }) => trials < minTrials)) return equal;
  const random = createRandom(seed);
  const wins = arms.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    const rates = arms.map(({ trials, successes }) =>
      random.beta(1 + successes, 1 + trials - successes),
    );
    const [best = 0, second = 0] = [...rates.keys()].toSorted(
      (a, b) => (rates[b] ?? 0) - (rates[a] ?? 0),
    );
    wins[best] = (wins[best] ?? 0) + 0.5;
    wins[second] = (wins[second] ?? 0) + 0.5;
  }
  const free = 1 - arms.length * floor;
  return wins.map((won) => floor + (free * won) / draws);
}
