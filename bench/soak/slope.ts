import { median } from '../measurement.ts';

export interface Point {
  readonly minute: number;
  readonly value: number;
}

/** A straight line through points, by least squares. */
export interface Trend {
  readonly perMinute: number;
  /** Of `perMinute`; sawteeth are not independent, so it is rather too small. */
  readonly standardError: number;
  readonly median: number;
  readonly firstQuarter: number;
  readonly lastQuarter: number;
}

/** @returns `undefined` with fewer than four points: they tell nothing. */
export function trendOf(points: readonly Point[]): Trend | undefined {
  const count = points.length;
  if (count < 4) return undefined;
  const meanMinute = sum(points, ({ minute }) => minute) / count;
  const mean = sum(points, ({ value }) => value) / count;
  const spread = sum(points, ({ minute }) => (minute - meanMinute) ** 2);
  const perMinute =
    sum(points, ({ minute, value }) => (minute - meanMinute) * (value - mean)) / spread;
  const rest = sum(
    points,
    ({ minute, value }) => (value - mean - perMinute * (minute - meanMinute)) ** 2,
  );
  const values = points.map(({ value }) => value);
  const quarter = Math.ceil(count / 4);
  return {
    perMinute,
    standardError: Math.sqrt(rest / (count - 2) / spread),
    median: median(values),
    firstQuarter: median(values.slice(0, quarter)),
    lastQuarter: median(values.slice(-quarter)),
  };
}

const HOUR_MINUTES = 60;
const MAX_GROWTH_PER_HOUR = 0.2;

/** Flat: not surely growing (two standard errors), or by less than a fifth of itself in an hour. */
export const isFlat = ({ perMinute, standardError, median: level }: Trend): boolean =>
  perMinute <= 2 * standardError || perMinute * HOUR_MINUTES < level * MAX_GROWTH_PER_HOUR;

const sum = <T>(list: readonly T[], of: (each: T) => number) =>
  list.reduce((total, each) => total + of(each), 0);
