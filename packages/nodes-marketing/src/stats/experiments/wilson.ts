import { normalQuantile } from '../math/distributions.ts';
import type { Arm, Interval } from './arm.ts';

/**
 * Wilson's interval for a rate: honest near 0 and 1, and with few trials.
 *
 * @param confidence - Share of such intervals that hold the true rate, e.g. .95.
 * @returns 0 to 1 without trials.
 * @see Wilson: Probable inference, 1927
 */
export function wilsonInterval({ trials, successes }: Arm, confidence = 0.95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const z = normalQuantile(0.5 + confidence / 2);
  const rate = successes / trials;
  const spread = (z * z) / trials;
  const centre = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate) + spread / 4) / trials)) / (1 + spread);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
