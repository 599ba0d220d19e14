import { betaCdf, gammaCdf } from './special.ts';

/** Probability that a standard normal is at most z. */
export const normalCdf = (z: number): number =>
  z < 0 ? 0.5 * (1 - gammaCdf((z * z) / 2, 0.5)) : 0.5 * (1 + gammaCdf((z * z) / 2, 0.5));

/** Probability of a standard normal at least as far from 0 as z. */
export const twoSidedP = (z: number): number => upperTail((z * z) / 2, 0.5);

/** Probability that chi-square with `freedom` degrees is at least x. */
export const chiSquareP = (x: number, freedom: number): number => upperTail(x / 2, freedom / 2);

const upperTail = (x: number, a: number): number => Math.max(0, 1 - gammaCdf(x, a));

/** Two-sided probability of Student's t with `freedom` degrees (need not be whole). */
export const studentP = (t: number, freedom: number): number =>
  betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5);

const LOW = 0.02425;

/**
 * The z below which a standard normal lies with probability p, to about 1e-9.
 *
 * @param p - Strictly between 0 and 1; 0 and 1 give −∞ and ∞.
 * @see Acklam's rational approximation, with one step of Halley's method
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const start = p < LOW ? tailQuantile(p) : centreQuantile(p);
  const error = normalCdf(start) - p;
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((start * start) / 2);
  return start - step / (1 + (start * step) / 2);
}

function tailQuantile(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  const above = polynomial(
    q,
    [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ],
  );
  const below = polynomial(
    q,
    [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
  );
  return above / below;
}

function centreQuantile(p: number): number {
  const q = p - 0.5;
  const r = q * q;
  const above = polynomial(
    r,
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
      -30.66479806614716, 2.506628277459239,
    ],
  );
  const below = polynomial(
    r,
    [
      -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
      -13.28068155288572, 1,
    ],
  );
  return (q * above) / below;
}

const polynomial = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
