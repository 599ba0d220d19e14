import { InputError } from '../item-fields/input.error.ts';
import type { ItemSeries } from '../series-items/read-series-items.ts';
import { say } from '../series-items/say.ts';
import { forecast, type ForecastPoint } from '../stats/series/forecast.ts';
import { onSteps, seasonOf } from './time-grid.ts';

export interface GoOnOptions {
  readonly horizon: number;
  /** 0: the usual one for the steps the values come in. */
  readonly season: number;
  readonly isCount: boolean;
  readonly confidence: number;
  readonly seed: number;
}

/** A series gone on with, and how far off such a forecast was on values it had not seen. */
export interface SeriesForecast {
  readonly group: string;
  readonly method: string;
  readonly season: number;
  readonly values: number;
  readonly missing: number;
  /** Mean absolute error over the values that were held back, of the method taken and of all. */
  readonly error: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Of the error of the same season once more, the share that is left; above 1 it was worse. */
  readonly errorShare: number | null;
  readonly points: readonly (ForecastPoint & { readonly at: string })[];
  readonly explain: string;
}

/** @throws {InputError} for a series that is too short or comes in no equal steps. */
export function goOn(series: ItemSeries, options: GoOnOptions): SeriesForecast {
  const stepped = onSteps(series);
  const season =
    options.season > 0 ? options.season : seasonOf(stepped.step, stepped.values.length);
  const least = Math.max(6, 3 * season);
  if (stepped.values.length < least)
    throw new InputError(
      `${series.group === '' ? 'The series' : `"${series.group}"`} has ${stepped.values.length} values; a season of ${season} takes ${least}`,
      'Give more values, or a shorter "Season" (1 for none)',
    );
  const { method, points, backTest } = forecast(stepped.values, { ...options, season });
  const [error, naive] = [backTest[method] ?? NaN, backTest['seasonalNaive'] ?? NaN];
  const told = {
    group: series.group,
    method,
    season,
    values: stepped.values.length,
    missing: stepped.filled,
    error,
    errors: backTest,
    errorShare: naive > 0 ? error / naive : null,
  };
  return {
    ...told,
    points: points.map((point, index) => ({
      at: new Date(stepped.timeAfter(index + 1)).toISOString(),
      ...point,
    })),
    explain: explain(told),
  };
}

function explain({
  method,
  error,
  errorShare,
  missing,
  season,
}: Omit<SeriesForecast, 'points' | 'explain'>): string {
  const compared =
    errorShare === null || method === 'seasonalNaive'
      ? 'no method did better than the last season once more'
      : `${Math.round(100 * (1 - errorShare))} % less than the last season once more`;
  const holes = missing > 0 ? `; ${missing} missing values were drawn in` : '';
  return `Taken: ${method}, season ${season}. On values held back it was off by ${say(error)} on average, ${compared}${holes}`;
}
