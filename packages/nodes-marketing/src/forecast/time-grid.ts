import { InputError } from '../item-fields/input.error.ts';
import type { ItemSeries, SeriesPoint } from '../series-items/read-series-items.ts';
import { median } from '../stats/math/describe.ts';

/** A series in equal steps. */
export interface SteppedSeries {
  readonly step: Step;
  readonly values: readonly number[];
  /** Steps without a value, which were drawn between their neighbours. */
  readonly filled: number;
  /** When the n-th step after the last value is, ms since the epoch; n from 1. */
  timeAfter(n: number): number;
}

export type Step =
  | { readonly kind: 'month'; readonly months: number }
  | { readonly kind: 'time'; readonly ms: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_FILLED = 0.2;
/** Times may be off their step by this share of it: clocks change, jobs start late. */
const SLACK = 0.25;

/** Puts points on the steps they came in. @throws {InputError} for what comes in no steps, or with holes. */
export function onSteps({ group, points, missing }: ItemSeries): SteppedSeries {
  const name = group === '' ? 'The series' : `The series "${group}"`;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2)
    throw new InputError(
      `${name} has ${points.length} values`,
      'Give at least two values at different times; a forecast takes three seasons of them',
    );
  const step = stepOf(points);
  const placed = place(points, first, step, name);
  const count = placed.length;
  const filled = count - points.length;
  if (filled > count * MOST_FILLED)
    throw new InputError(
      `${name} lacks the values of ${filled} of its ${count} steps${missing > 0 ? ` (${missing} items have none)` : ''}`,
      'Fill the holes, or sum the values up by longer steps (Summarize), so that one in five is missing at most',
    );
  return {
    step,
    values: drawn(placed),
    filled,
    timeAfter: (n) =>
      step.kind === 'month'
        ? monthsAfter(first.at, (count - 1 + n) * step.months)
        : last.at + n * step.ms,
  };
}

function stepOf(points: readonly SeriesPoint[]): Step {
  const gaps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at));
  const usual = median(gaps);
  const months = Math.round(usual / (30.44 * DAY_MS));
  const days = new Set(points.map(({ at }) => new Date(at).getUTCDate()));
  if (months >= 1 && days.size === 1) return { kind: 'month', months };
  return { kind: 'time', ms: usual };
}

function place(
  points: readonly SeriesPoint[],
  first: SeriesPoint,
  step: Step,
  name: string,
): (number | undefined)[] {
  const placed: (number | undefined)[] = [];
  for (const { at, value, item } of points) {
    const exact =
      step.kind === 'month' ? monthsBetween(first.at, at) / step.months : (at - first.at) / step.ms;
    const index = Math.round(exact);
    if (!Number.isFinite(exact) || placed[index] !== undefined)
      throw new InputError(
        `${name} has two values at ${new Date(at).toISOString()} (item ${item})`,
        'Sum them up (Summarize), or group by the field that tells them apart',
      );
    if (Math.abs(exact - index) > SLACK)
      throw new InputError(
        `${name} comes in no equal steps: ${new Date(at).toISOString()} (item ${item}) lies between two`,
        'Sum the values up by hour, day, week or month (Summarize)',
      );
    placed[index] = value;
  }
  return Array.from(placed);
}

/** Holes become the straight line between their neighbours. */
function drawn(placed: readonly (number | undefined)[]): number[] {
  const values: number[] = [];
  for (const [index, value] of placed.entries()) {
    if (value === undefined) continue;
    const before = values.at(-1) ?? value;
    const gap = index - values.length + 1;
    for (let step = 1; step <= gap; step += 1)
      values.push(before + ((value - before) * step) / gap);
  }
  return values;
}

const monthsBetween = (from: number, to: number): number => {
  const [a, b] = [new Date(from), new Date(to)];
  return 12 * (b.getUTCFullYear() - a.getUTCFullYear()) + b.getUTCMonth() - a.getUTCMonth();
};

function monthsAfter(at: number, months: number): number {
  const date = new Date(at);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}

/** Steps until the pattern of a year, week or day comes again; 1 where `count` values show it not thrice. */
export function seasonOf(step: Step, count: number): number {
  const usual =
    step.kind === 'month'
      ? 12 / step.months
      : step.ms < DAY_MS
        ? DAY_MS / step.ms
        : step.ms < 2 * DAY_MS
          ? (7 * DAY_MS) / step.ms
          : (365.25 * DAY_MS) / step.ms;
  const season = Math.round(usual);
  return season > 1 && 3 * season <= count ? season : 1;
}
