/** A system of equations that has no single solution: columns depend on each other, or rows are missing. */
export class SingularError extends Error {}

/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's method.
 *
 * @param a - Rows of A; only the lower triangle is read.
 * @throws {SingularError} when A is not positive definite.
 */
export function solveSymmetric(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const factor = cholesky(a);
  const size = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i += 1) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (factor[i]?.[k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (factor[i]?.[i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= (factor[k]?.[i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (factor[i]?.[i] ?? 1);
  }
  return x;
}

function cholesky(a: readonly Float64Array[]): Float64Array[] {
  const factor = a.map((row) => new Float64Array(row.length));
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (factor[i]?.[k] ?? 0) * (factor[j]?.[k] ?? 0);
      const row = factor[i];
      if (!row) continue;
      if (i === j && !(sum > 1e-12 * Math.abs(a[i]?.[i] ?? 0)))
        throw new SingularError(`Column ${i} depends on the columns before it`);
      row[j] = i === j ? Math.sqrt(sum) : sum / (factor[j]?.[j] ?? 1);
    }
  }
  return factor;
}

export interface LinearFit {
  /** Constant first, then one for each column. */
  readonly coefficients: readonly number[];
  /** Share of the variance explained, 0–1. */
  readonly r2: number;
  /** Residual standard deviation, n − k degrees of freedom. */
  readonly sigma: number;
}

/**
 * Least squares with a constant, optionally ridged.
 *
 * @param rows - One list of predictors for each observation, all of the same length.
 * @param ridge - Penalty on every coefficient but the constant; 0 for plain least squares.
 * @throws {SingularError} when predictors depend on each other and `ridge` is 0.
 */
export function fitLinear(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  ridge = 0,
): LinearFit {
  const width = (rows[0]?.length ?? 0) + 1;
  const gram = Array.from({ length: width }, () => new Float64Array(width));
  const moment = new Float64Array(width);
  const at = (row: readonly number[], column: number) =>
    column === 0 ? 1 : (row[column - 1] ?? 0);
  rows.forEach((row, index) => {
    for (let i = 0; i < width; i += 1) {
      const own = at(row, i);
      moment[i] = (moment[i] ?? 0) + own * (y[index] ?? 0);
      const line = gram[i];
      if (line) for (let j = 0; j <= i; j += 1) line[j] = (line[j] ?? 0) + own * at(row, j);
    }
  });
  for (let i = 1; i < width; i += 1) {
    const line = gram[i];
    if (line) line[i] = (line[i] ?? 0) + ridge;
  }
  const coefficients = [...solveSymmetric(gram, moment)];
  const predicted = rows.map((row) =>
    coefficients.reduce((sum, coefficient, column) => sum + coefficient * at(row, column), 0),
  );
  const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const left = y.reduce((sum, value, index) => sum + (value - (predicted[index] ?? 0)) ** 2, 0);
  return {
    coefficients,
    r2: total === 0 ? 0 : 1 - left / total,
    sigma: Math.sqrt(left / Math.max(1, y.length - width)),
  };
}
