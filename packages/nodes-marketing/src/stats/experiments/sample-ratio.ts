import { chiSquareP } from '../math/distributions.ts';

/** `warn`: look for the cause. `block`: assignment is broken, no winner may be named. */
export type RatioVerdict = 'ok' | 'warn' | 'block';

export interface SampleRatio {
  readonly chi2: number;
  readonly p: number;
  readonly verdict: RatioVerdict;
}

const WARN = 0.01;
const BLOCK = 0.001;

/**
 * Sample ratio mismatch: are the arms as large as they were meant to be?
 *
 * @param counts - People in each arm.
 * @param shares - Planned shares in the same order; any positive scale. Equal when absent.
 * @see Fabijan et al.: Diagnosing sample ratio mismatch, 2019
 */
export function testSampleRatio(
  counts: readonly number[],
  shares: readonly number[] = counts.map(() => 1),
): SampleRatio {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0 || whole === 0 || counts.length < 2) return { chi2: 0, p: 1, verdict: 'ok' };
  const chi2 = counts.reduce((sum, count, index) => {
    const expected = (total * (shares[index] ?? 0)) / whole;
    return expected === 0 ? sum : sum + (count - expected) ** 2 / expected;
  }, 0);
  const p = chiSquareP(chi2, counts.length - 1);
  return { chi2, p, verdict: p < BLOCK ? 'block' : p < WARN ? 'warn' : 'ok' };
}
