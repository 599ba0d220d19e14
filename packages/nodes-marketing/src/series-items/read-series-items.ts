import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';

/** A value at a time, and the item it came from. */
export interface SeriesPoint {
  /** ms since the epoch. */
  readonly at: number;
  readonly value: number;
  readonly item: number;
}

/** The points of one group in order of time. */
export interface ItemSeries {
  /** Empty when nothing is grouped. */
  readonly group: string;
  readonly points: readonly SeriesPoint[];
  /** Items of the group whose value is not known: they are no points, and never 0. */
  readonly missing: number;
}

export interface SeriesFields {
  readonly time: string;
  readonly value: string;
  /** Empty: all items are one series. */
  readonly group: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads one item as one point. @throws {InputError} naming the item and the field. */
export function readSeriesItems(rows: readonly Json[], fields: SeriesFields): ItemSeries[] {
  const groups = new Map<string, { points: SeriesPoint[]; missing: number }>();
  for (const [item, row] of rows.entries()) {
    const field = itemFields(row, item);
    const group = fields.group === '' ? '' : field.need(fields.group);
    const own = groups.get(group) ?? { points: [], missing: 0 };
    groups.set(group, own);
    const at = field.time(fields.time);
    if (at === undefined)
      throw new InputError(
        `Item ${item} has no "${fields.time}"`,
        `Give each item the time "${fields.time}", or name another field as "Time Field"`,
      );
    const value = field.number(fields.value);
    if (value === undefined) own.missing += 1;
    else own.points.push({ at, value, item });
  }
  const series = [...groups].map(([group, { points, missing }]) => ({
    group,
    points: points.toSorted((a, b) => a.at - b.at),
    missing,
  }));
  if (series.length > 0 && series.every(({ points }) => points.length === 0))
    throw new InputError(
      `No item has a number in "${fields.value}"`,
      'Name the field with the number as "Value Field"',
    );
  return series;
}
