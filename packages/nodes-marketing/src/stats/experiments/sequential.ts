import { rateOf, type Arm, type Interval } from './arm.ts';
import { standardError } from './two-proportions.ts';

export interface SequentialTest {
  /** Valid at every look: an experiment may be watched and stopped at any time. */
  readonly p: number;
  readonly interval: Interval;
}

export interface SequentialOptions {
  readonly alpha: number;
  /** Sample size at which the interval is narrowest. */
  readonly tuning: number;
}

/**
 * The asymptotic confidence sequence of the difference of two rates.
 *
 * ρ² = (−2 ln α + ln(−2 ln α + 1)) / N; e = exp(ρ² z² n / (2 (nρ² + 1))) / √(nρ² + 1), p = min(1, 1/e).
 *
 * @see Waudby-Smith et al.: Time-uniform central limit theory, 2023, eq. 9 and 155
 */
export function testSequentially(
  control: Arm,
  treatment: Arm,
  { alpha, tuning }: SequentialOptions = { alpha: 0.05, tuning: 5000 },
): SequentialTest {
  const difference = rateOf(treatment) - rateOf(control);
  const error = standardError(control, treatment);
  const n = control.trials + treatment.trials;
  if (error === 0) return { p: 1, interval: { low: -1, high: 1 } };
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tuning;
  const grown = n * rho2 + 1;
  const z = difference / error;
  const logE = (rho2 * z * z * n) / (2 * grown) - 0.5 * Math.log(grown);
  const half =
    error *
    Math.sqrt(n) *
    Math.sqrt(((2 * grown) / (n * n * rho2)) * Math.log(Math.sqrt(grown) / alpha));
  return {
    p: Math.min(1, Math.exp(-logE)),
    interval: { low: difference - half, high: difference + half },
  };
}
