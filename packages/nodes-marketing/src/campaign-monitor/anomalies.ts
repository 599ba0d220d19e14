import { median, medianDeviation } from '../stats/math/describe.ts';
import type { ChannelDay } from './campaign-return.ts';

/** A figure of a campaign that left its usual course. */
export interface Anomaly {
  readonly metric: Metric;
  readonly direction: 'high' | 'low';
  /** The farthest of the last days, in robust standard deviations. */
  readonly z: number;
  /** That day. */
  readonly day: string;
}

const METRICS = ['spend', 'clicks', 'conversions', 'revenue'] as const;
type Metric = (typeof METRICS)[number];

const LIMIT = 3.5;
const RECENT = 3;
const NEEDED = 2;
const LEAST_HISTORY = 7;
const LEAST_WEEKS = 4;
/** A series that hardly moved would make every step look great: 5 % is always usual. */
const LEAST_DEVIATION = 0.05;

/**
 * Looks at the last three days against those before: a figure is out of its course when two of them
 * are, to the same side. Logarithms, since figures move by factors; each weekday against its own
 * kind once there are four weeks.
 *
 * @see Iglewicz, Hoaglin: How to Detect and Handle Outliers, 1993; marketing.md A44
 */
export function findAnomalies(days: readonly ChannelDay[]): Anomaly[] {
  const byDay = [...Map.groupBy(days, ({ day }) => day)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (byDay.length < LEAST_HISTORY + RECENT) return [];
  return METRICS.flatMap((metric) => {
    const series = byDay.map(([day, rows]) => ({
      day,
      value: Math.log1p(rows.reduce((total, row) => total + Math.max(0, row[metric]), 0)),
    }));
    return anomalyOf(metric, series) ?? [];
  });
}

interface Point {
  readonly day: string;
  readonly value: number;
}

function anomalyOf(metric: Metric, series: readonly Point[]): Anomaly | undefined {
  const history = series.slice(0, -RECENT);
  const usual = usualOf(history);
  const residuals = history.map((point) => point.value - usual(point));
  const deviation = Math.max(LEAST_DEVIATION, medianDeviation(residuals, 0));
  const scored = series
    .slice(-RECENT)
    .map((point) => ({ ...point, z: (0.6745 * (point.value - usual(point))) / deviation }));
  for (const direction of ['high', 'low'] as const) {
    const sign = direction === 'high' ? 1 : -1;
    const out = scored.filter(({ z }) => z * sign > LIMIT);
    const [farthest] = out.toSorted((a, b) => (b.z - a.z) * sign);
    if (out.length >= NEEDED && farthest)
      return { metric, direction, z: farthest.z, day: farthest.day };
  }
  return undefined;
}

function usualOf(history: readonly Point[]): (point: Point) => number {
  const middle = median(history.map(({ value }) => value));
  const byWeekday = Map.groupBy(history, ({ day }) => weekdayOf(day));
  return ({ day }) => {
    const alike = byWeekday.get(weekdayOf(day)) ?? [];
    return alike.length >= LEAST_WEEKS ? median(alike.map(({ value }) => value)) : middle;
  };
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
