import { mean, quantile } from '../math/describe.ts';
import { createRandom } from '../math/random.ts';
import { holtWinters, holtWintersSettings } from './holt-winters.ts';
import { seasonalNaive } from './seasonal-naive.ts';

/** A way to go on with a series, fitted to its past. */
export interface Forecaster {
  /** The next values, and what is added to each on the way: a path of one possible future. */
  path(errors: readonly number[]): number[];
  /** One-step errors on the past, oldest first; the warm-up is left out. */
  readonly residuals: readonly number[];
}

/** Fits one method to a series. */
export type ForecastMethod = (values: readonly number[]) => Forecaster;

export interface ForecastPoint {
  readonly value: number;
  /** A share of the simulated futures lies within: 80 % unless asked otherwise. */
  readonly low: number;
  readonly high: number;
}

export interface Forecast {
  readonly method: string;
  readonly points: readonly ForecastPoint[];
  /** Mean absolute error of each method on the last values, which it had not seen. */
  readonly backTest: Readonly<Record<string, number>>;
}

export interface ForecastOptions {
  /** Steps ahead. */
  readonly horizon: number;
  /** Steps until the pattern repeats: 7 for days of the week, 1 for none. */
  readonly season: number;
  /** Values cannot be below 0. */
  readonly isCount?: boolean;
  /** Share of futures within the interval, 0–1; .8 when absent. */
  readonly confidence?: number;
  readonly seed?: number;
}

const FUTURES = 1000;
const FOLDS = 5;

/**
 * Continues a series by the method that did best when the last values were held back: the same season
 * once more, or Holt–Winters with level, trend and season. The interval comes from futures in which
 * the errors of the past happen again in random order.
 *
 * @throws {RangeError} with fewer than three seasons (at least six values).
 * @see Hyndman, Athanasopoulos: Forecasting, principles and practice, ch. 5 and 8
 */
export function forecast(values: readonly number[], options: ForecastOptions): Forecast {
  const { horizon, season, isCount = false, confidence = 0.8, seed = 1 } = options;
  const least = Math.max(6, 3 * season);
  if (values.length < least)
    throw new RangeError(`${values.length} values are too few to go on from; it takes ${least}`);
  const methods = methodsFor(season);
  const backTest = Object.fromEntries(
    [...methods].map(([name, method]) => [name, heldBackError(method, values, horizon, least)]),
  );
  const [best = 'seasonalNaive'] = [...methods.keys()].toSorted(
    (a, b) => (backTest[a] ?? Infinity) - (backTest[b] ?? Infinity),
  );
  const fitted = (methods.get(best) ?? seasonalNaive(season))(values);
  const points = intervals(fitted, { horizon, isCount, confidence, seed });
  return { method: best, points, backTest };
}

const methodsFor = (season: number): ReadonlyMap<string, ForecastMethod> =>
  new Map([
    ['seasonalNaive', seasonalNaive(season)],
    ...holtWintersSettings.map((setting): [string, ForecastMethod] => [
      `holtWinters ${setting.name}`,
      holtWinters(season, setting),
    ]),
  ]);

/** Rolling origin: fits on the first part, compares with what came, moves on; the mean over folds. */
function heldBackError(
  method: ForecastMethod,
  values: readonly number[],
  horizon: number,
  least: number,
): number {
  const steps = Math.max(1, Math.min(horizon, Math.floor((values.length - least) / FOLDS)));
  const errors: number[] = [];
  for (let fold = FOLDS; fold >= 1; fold -= 1) {
    const origin = values.length - fold * steps;
    // Two seasons are enough to fit, if not to be trusted with.
    if (origin < (2 * least) / 3) continue;
    const ahead = method(values.slice(0, origin)).path(Array<number>(steps).fill(0));
    ahead.forEach((value, step) => errors.push(Math.abs(value - (values[origin + step] ?? 0))));
  }
  return errors.length === 0 ? Infinity : mean(errors);
}

function intervals(
  { path, residuals }: Forecaster,
  { horizon, isCount, confidence, seed }: Required<Omit<ForecastOptions, 'season'>>,
): ForecastPoint[] {
  const random = createRandom(seed);
  const middle = mean(residuals);
  const centred = residuals.map((error) => error - middle);
  const clip = (value: number) => (isCount ? Math.max(0, value) : value);
  const futures = Array.from({ length: FUTURES }, () =>
    path(Array.from({ length: horizon }, () => centred[random.below(centred.length)] ?? 0)),
  );
  return path(Array<number>(horizon).fill(0)).map((value, step) => {
    const at = futures.map((future) => future[step] ?? 0);
    const [low, high] = [quantile(at, (1 - confidence) / 2), quantile(at, (1 + confidence) / 2)];
    return { value: clip(value), low: clip(low), high: clip(high) };
  });
}
