import { DateTime, type DateTimeUnit, type DurationUnit } from 'luxon';
import { readDate } from '../date-value.ts';
import { dateParam, localDate, type DateOperation } from './date-operation.ts';

/** Now, in the zone of the options or the workflow. */
export const getCurrentDate: DateOperation = (context, index) => {
  const zone = String(
    context.param('options.timezone', index, { fallback: '' }) || context.timezone,
  );
  const now = DateTime.fromMillis(context.now(), { zone });
  return (context.param('includeTime', index) === true ? now : now.startOf('day')).toISO();
};

/** A date as text. In UTC, unless the workflow's zone is asked for. */
export const formatDate: DateOperation = (context, index) => {
  const fromFormat = String(context.param('options.fromFormat', index, { fallback: '' }) ?? '');
  const read = readDate(context.param('date', index), {
    node: context.node.name,
    itemIndex: index,
    ...(fromFormat && { fromFormat }),
  });
  const isLocal = context.param('options.timezone', index, { fallback: false }) === true;
  const date = isLocal ? read.setZone(context.timezone) : read;
  const format = String(context.param('format', index));
  return date.toFormat(format === 'custom' ? String(context.param('customFormat', index)) : format);
};

/** The start of the unit a date is in, or the end of its month. */
export const roundDate: DateOperation = (context, index) => {
  const date = localDate(context, 'date', index);
  if (context.param('mode', index) === 'roundUp') return date.endOf('month').toISO();
  return date.startOf(unitOf(context.param('toNearest', index))).toISO();
};

/** How long from one date to another, in the units asked for. */
export const getTimeBetweenDates: DateOperation = (context, index) => {
  const [start, end] = [
    dateParam(context, 'startDate', index),
    dateParam(context, 'endDate', index),
  ];
  const units = [context.param('units', index)].flat().map((unit): DurationUnit => unitOf(unit));
  const duration = end.diff(start, units);
  return context.param('options.isoString', index, { fallback: false }) === true
    ? duration.toISO()
    : duration.toObject();
};

/** One part of a date as a number. */
export const extractDate: DateOperation = (context, index) => {
  const date = localDate(context, 'date', index);
  const part = unitOf(context.param('part', index));
  return part === 'week' ? date.weekNumber : date.get(part);
};

const UNITS = [
  'year',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const satisfies readonly DateTimeUnit[];

function unitOf(value: unknown): (typeof UNITS)[number] {
  const unit = UNITS.find((each) => each === value);
  if (unit) return unit;
  throw new RangeError(`"${String(value)}" is no unit of time`);
}
