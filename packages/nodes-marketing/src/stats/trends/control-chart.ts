import { median, medianDeviation } from '../math/describe.ts';

export interface ControlOptions {
  /** Weight of the newest value in the running mean. */
  readonly lambda: number;
  /** How many robust standard deviations are out of control. */
  readonly limit: number;
}

const DEFAULTS: ControlOptions = { lambda: 0.3, limit: 3 };
/** A normal's standard deviation is this many times its median absolute deviation. */
const MAD_TO_SIGMA = 1.4826;
const LEAST_POINTS = 4;

/**
 * z of each value against the running mean of those before it, in robust standard deviations of
 * such steps: μ_t = λ x_t + (1 − λ) μ_{t−1}, z = (x_t − μ_{t−1}) / σ.
 *
 * @returns One z a value; the first is 0.
 * @see Roberts: Control chart tests based on geometric moving averages, 1959; marketing.md A10 (a)
 */
export function controlScores(
  values: readonly number[],
  { lambda }: Pick<ControlOptions, 'lambda'> = DEFAULTS,
): number[] {
  const steps: number[] = [];
  let middle = values[0] ?? 0;
  for (const value of values) {
    steps.push(value - middle);
    middle = lambda * value + (1 - lambda) * middle;
  }
  const sigma = robustSigma(steps);
  return steps.map((step) => (sigma === 0 ? 0 : step / sigma));
}

function robustSigma(steps: readonly number[]): number {
  const spread = medianDeviation(steps, median(steps)) * MAD_TO_SIGMA;
  if (spread > 0) return spread;
  const absolute = steps.reduce((sum, step) => sum + Math.abs(step), 0) / Math.max(1, steps.length);
  return absolute;
}

/** True when at least two of the last three values lie above the limit: one peak is no rise. */
export function isRising(values: readonly number[], given: Partial<ControlOptions> = {}): boolean {
  const options = { ...DEFAULTS, ...given };
  if (values.length < LEAST_POINTS) return false;
  const last = controlScores(values, options).slice(-3);
  return last.filter((z) => z >= options.limit).length >= 2;
}
