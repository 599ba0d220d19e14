import { normalQuantile, twoSidedP } from '../math/distributions.ts';
import { rateOf, type Arm, type Interval } from './arm.ts';

export interface TwoProportions {
  /** Treatment rate minus control rate. */
  readonly difference: number;
  /** (pT − pC) / pC; undefined when the control rate is 0. */
  readonly lift: number | undefined;
  readonly z: number;
  /** Two-sided. Valid for one look at a size fixed beforehand. */
  readonly p: number;
  readonly interval: Interval;
}

/**
 * The z-test of two rates with pooled variance; the interval uses the unpooled one.
 *
 * @returns z 0 and p 1 when nothing can differ (no trials, or all or none succeeded).
 */
export function testProportions(control: Arm, treatment: Arm, confidence = 0.95): TwoProportions {
  const [before, after] = [rateOf(control), rateOf(treatment)];
  const difference = after - before;
  const pooled =
    (control.successes + treatment.successes) / Math.max(1, control.trials + treatment.trials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.trials + 1 / treatment.trials));
  const z = error > 0 && Number.isFinite(error) ? difference / error : 0;
  const half = normalQuantile(0.5 + confidence / 2) * standardError(control, treatment);
  return {
    difference,
    lift: before === 0 ? undefined : difference / before,
    z,
    p: twoSidedP(z),
    interval: { low: difference - half, high: difference + half },
  };
}

/** Standard error of the difference of two rates, each with its own variance; 0 without trials. */
export function standardError(control: Arm, treatment: Arm): number {
  const part = (arm: Arm) =>
    arm.trials === 0 ? 0 : (rateOf(arm) * (1 - rateOf(arm))) / arm.trials;
  return Math.sqrt(part(control) + part(treatment));
}
