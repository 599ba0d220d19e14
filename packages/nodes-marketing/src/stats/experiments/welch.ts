import { studentP } from '../math/distributions.ts';

/** A measured quantity in one arm. */
export interface Sample {
  readonly count: number;
  readonly mean: number;
  /** Sample variance (n − 1). */
  readonly variance: number;
}

export interface Welch {
  readonly difference: number;
  readonly t: number;
  /** Welch–Satterthwaite degrees of freedom. */
  readonly freedom: number;
  readonly p: number;
}

/**
 * Welch's t-test of two means whose variances may differ.
 *
 * @returns p 1 when either sample has fewer than two values or nothing varies.
 * @see Welch: The generalization of "Student's" problem, 1947
 */
export function testMeans(control: Sample, treatment: Sample): Welch {
  const difference = treatment.mean - control.mean;
  const parts = [control, treatment].map(({ variance, count }) => variance / count);
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (control.count < 2 || treatment.count < 2 || total === 0)
    return { difference, t: 0, freedom: 0, p: 1 };
  const [first = 0, second = 0] = parts;
  const freedom =
    total ** 2 / (first ** 2 / (control.count - 1) + second ** 2 / (treatment.count - 1));
  const t = difference / Math.sqrt(total);
  return { difference, t, freedom, p: studentP(t, freedom) };
}
