import { solveSymmetric } from '../math/linear.ts';

export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

export interface LogisticOptions {
  /** Penalty on the squared weights; the intercept is free. */
  readonly penalty: number;
  readonly maxRounds: number;
}

const DEFAULTS: LogisticOptions = { penalty: 1, maxRounds: 50 };
const CLOSE = 1e-8;
const LEAST_WEIGHT = 1e-9;

/**
 * Logistic regression with an L2 penalty, by iteratively reweighted least squares.
 *
 * @param rows - One list of numbers each, best standardised, all of the same length.
 * @see Hastie, Tibshirani, Friedman: The elements of statistical learning, §4.4
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  isPositive: readonly boolean[],
  given: Partial<LogisticOptions> = {},
): LogisticModel {
  const { penalty, maxRounds } = { ...DEFAULTS, ...given };
  const width = (rows[0]?.length ?? 0) + 1;
  let weights = new Float64Array(width);
  for (let round = 0; round < maxRounds; round += 1) {
    const { gradient, hessian } = slopeAt(rows, isPositive, weights, penalty);
    const step = solveSymmetric(hessian, gradient);
    weights = weights.map((weight, index) => weight + (step[index] ?? 0));
    if (step.every((change) => Math.abs(change) < CLOSE)) break;
  }
  const [intercept = 0, ...rest] = weights;
  return { intercept, weights: rest };
}

/** Gradient of the penalised likelihood, and its curvature (lower triangle). */
function slopeAt(
  rows: readonly (readonly number[])[],
  isPositive: readonly boolean[],
  weights: Float64Array,
  penalty: number,
): { gradient: Float64Array; hessian: Float64Array[] } {
  const width = weights.length;
  const gradient = weights.map((weight, index) => (index === 0 ? 0 : -penalty * weight));
  const hessian = Array.from({ length: width }, (_, index) => {
    const line = new Float64Array(width);
    line[index] = index === 0 ? LEAST_WEIGHT : penalty;
    return line;
  });
  const point = new Float64Array(width);
  rows.forEach((row, index) => {
    point[0] = 1;
    point.set(row, 1);
    const chance = sigmoid(point.reduce((sum, x, place) => sum + x * (weights[place] ?? 0), 0));
    const left = (isPositive[index] ? 1 : 0) - chance;
    const curve = Math.max(LEAST_WEIGHT, chance * (1 - chance));
    for (let i = 0; i < width; i += 1) {
      const own = point[i] ?? 0;
      if (own === 0) continue;
      gradient[i] = (gradient[i] ?? 0) + own * left;
      const line = hessian[i];
      if (line)
        for (let j = 0; j <= i; j += 1) line[j] = (line[j] ?? 0) + own * curve * (point[j] ?? 0);
    }
  });
  return { gradient, hessian };
}

/** Chance of a positive, 0–1. */
export const logisticChance = (model: LogisticModel, row: readonly number[]): number =>
  sigmoid(contributionsOf(model, row).reduce((sum, part) => sum + part, model.intercept));

/** What each number adds to the log-odds. */
export const contributionsOf = ({ weights }: LogisticModel, row: readonly number[]): number[] =>
  weights.map((weight, index) => weight * (row[index] ?? 0));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
