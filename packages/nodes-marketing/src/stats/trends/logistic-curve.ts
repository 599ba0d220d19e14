/** y(t) = ceiling / (1 + e^(−rate (t − middle))) */
export interface LogisticCurve {
  readonly ceiling: number;
  readonly rate: number;
  /** Time of half the ceiling, where growth is fastest. */
  readonly middle: number;
  /** Share of the variance explained. */
  readonly r2: number;
}

type Parameters = readonly [ceiling: number, rate: number, middle: number];

const ROUNDS = 200;

/**
 * Fits a cumulative logistic curve by Levenberg and Marquardt's method.
 *
 * @param cumulative - Running total at times 0, 1, 2 …
 * @returns `undefined` with fewer than five values or when nothing was counted.
 */
export function fitLogistic(cumulative: readonly number[]): LogisticCurve | undefined {
  const top = cumulative.at(-1) ?? 0;
  if (cumulative.length < 5 || top <= 0) return undefined;
  let best = starts(cumulative, top)
    .map((start) => descend(cumulative, start))
    .toSorted((a, b) => a.error - b.error)[0];
  best ??= { parameters: [top, 0, 0], error: Infinity };
  const [ceiling, rate, middle] = best.parameters;
  const mean = cumulative.reduce((sum, value) => sum + value, 0) / cumulative.length;
  const total = cumulative.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { ceiling, rate, middle, r2: total === 0 ? 0 : 1 - best.error / total };
}

/** Where half is reached, if the ceiling were here, a little or much higher. */
function starts(values: readonly number[], top: number): Parameters[] {
  return [1.05, 2, 5].map((factor) => {
    const ceiling = top * factor;
    const half = values.findIndex((value) => value >= ceiling / 2);
    return [ceiling, 4 / values.length, half === -1 ? values.length * 1.2 : half];
  });
}

const valueAt = ([ceiling, rate, middle]: Parameters, t: number): number =>
  ceiling / (1 + Math.exp(-rate * (t - middle)));

const errorOf = (values: readonly number[], parameters: Parameters): number =>
  values.reduce((sum, value, t) => sum + (value - valueAt(parameters, t)) ** 2, 0);

function descend(values: readonly number[], start: Parameters) {
  let parameters = start;
  let error = errorOf(values, parameters);
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS && damping < 1e12; round += 1) {
    const step = solve3(...normalEquations(values, parameters, damping));
    const next: Parameters = [
      parameters[0] + step[0],
      parameters[1] + step[1],
      parameters[2] + step[2],
    ];
    const nextError = next[0] > 0 && next[1] > 0 ? errorOf(values, next) : Infinity;
    if (nextError < error) {
      const gained = error - nextError;
      [parameters, error, damping] = [next, nextError, damping / 3];
      if (gained < 1e-12 * error) break;
    } else damping *= 4;
  }
  return { parameters, error };
}

type Row = [number, number, number];

function normalEquations(
  values: readonly number[],
  parameters: Parameters,
  damping: number,
): [Row, Row, Row, Row] {
  const [ceiling, rate, middle] = parameters;
  const a: [Row, Row, Row] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  const b: Row = [0, 0, 0];
  values.forEach((value, t) => {
    const share = 1 / (1 + Math.exp(-rate * (t - middle)));
    const bend = ceiling * share * (1 - share);
    const gradient: Row = [share, bend * (t - middle), -bend * rate];
    const left = value - ceiling * share;
    for (const i of [0, 1, 2] as const) {
      b[i] += gradient[i] * left;
      for (const j of [0, 1, 2] as const) a[i][j] += gradient[i] * gradient[j];
    }
  });
  for (const i of [0, 1, 2] as const) a[i][i] *= 1 + damping;
  return [...a, b];
}

/** Cramer's rule; zeros when the equations have no single solution. */
function solve3(a: Row, b: Row, c: Row, right: Row): Row {
  const determinant = (x: Row, y: Row, z: Row) =>
    x[0] * (y[1] * z[2] - y[2] * z[1]) -
    x[1] * (y[0] * z[2] - y[2] * z[0]) +
    x[2] * (y[0] * z[1] - y[1] * z[0]);
  const whole = determinant(a, b, c);
  if (whole === 0 || !Number.isFinite(whole)) return [0, 0, 0];
  const replaced = (column: 0 | 1 | 2): number => {
    const swap = (row: Row, value: number): Row => {
      const copy: Row = [...row];
      copy[column] = value;
      return copy;
    };
    return determinant(swap(a, right[0]), swap(b, right[1]), swap(c, right[2])) / whole;
  };
  return [replaced(0), replaced(1), replaced(2)];
}
