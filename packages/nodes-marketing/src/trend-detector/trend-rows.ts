import type { Tables } from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { trendPoints, trends, type TrendRow } from '../tables/trends.ts';
import type { TrendPoint } from './read-series.ts';

/** A trend with its points in order of time. */
export interface TrendSeries {
  readonly term: string;
  readonly source: string;
  readonly geo: string;
  readonly points: readonly TrendPoint[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads items as trends: one item a trend with a list `points` (of values, or of
 * `{ at, value, shares }`), or one item a point with `term`, `at` and `value`.
 *
 * @throws {InputError} naming the item and the field.
 */
export function readTrendItems(rows: readonly Json[]): TrendSeries[] {
  const byKey = new Map<string, { series: Omit<TrendSeries, 'points'>; points: TrendPoint[] }>();
  for (const [index, row] of rows.entries()) {
    const field = itemFields(row, index);
    const series = {
      term: field.need('term', 'keyword', 'query'),
      source: field.text('source') ?? '',
      geo: field.text('geo') ?? '',
    };
    const key = JSON.stringify(series);
    const known = byKey.get(key) ?? { series, points: [] };
    byKey.set(key, known);
    known.points.push(...pointsOf(row, index));
  }
  return [...byKey.values()].map(({ series, points }) => ({
    ...series,
    points: points.toSorted((a, b) => a.at - b.at),
  }));
}

const DAY_MS = 86_400_000;

function pointsOf(row: Json, index: number): TrendPoint[] {
  const { points } = row;
  if (!Array.isArray(points)) return [pointOf(row, index, undefined)];
  return points.map((each: unknown, place) =>
    isJson(each)
      ? pointOf(each, index, undefined)
      : pointOf({ value: each }, index, place * DAY_MS),
  );
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function pointOf(row: Json, index: number, usualAt: number | undefined): TrendPoint {
  const field = itemFields(row, index);
  const at = field.time('at', 'date', 'day') ?? usualAt;
  const value = field.number('value', 'interest', 'views');
  if (at === undefined || value === undefined)
    throw new InputError(
      `Item ${index} has a point without ${at === undefined ? '"at"' : '"value"'}`,
      'Give each point the time "at" and the number "value", or give "points" as a list of numbers',
    );
  return { at, value, shares: field.number('shares') ?? null };
}

/** A stored trend with its points. */
export interface StoredSeries {
  readonly trend: TrendRow;
  readonly points: readonly TrendPoint[];
}

const PAGE = 10_000;

/** Every stored trend that has points, a page of points in memory at a time. */
export async function* storedSeries(tables: Tables): AsyncGenerator<StoredSeries> {
  const byId = new Map<string, TrendRow>();
  for await (const page of tables.open(trends).pages())
    for (const trend of page) byId.set(trend.id, trend);

  let open: { trend: TrendRow; points: TrendPoint[] } | undefined;
  for await (const page of tables.open(trendPoints).pages({ size: PAGE }))
    for (const { trendId, ...point } of page) {
      if (open?.trend.id !== trendId) {
        if (open) yield open;
        const trend = byId.get(trendId);
        open = trend && { trend, points: [] };
      }
      open?.points.push(point);
    }
  if (open) yield open;
}
