import type { ForecastMethod } from './forecast.ts';

/** The same season once more: hard to beat, and the measure of everything that tries. */
export const seasonalNaive =
  (season: number): ForecastMethod =>
  (values) => ({
    residuals: values.slice(season).map((value, index) => value - (values[index] ?? 0)),
    path(errors) {
      const all = values.slice(-season);
      for (const error of errors) all.push((all[all.length - season] ?? 0) + error);
      return all.slice(season);
    },
  });
