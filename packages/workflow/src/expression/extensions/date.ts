import { DateTime, Duration, type DateTimeUnit, type DurationUnit } from 'luxon';
import { toNumber, toText } from '../capabilities/coerce.ts';
import type { Context } from '../context.ts';
import { isRecord, typeError } from '../values.ts';
import { parseDateTime } from './date-text.ts';
import { extensionError, type Extension, type Extensions } from './extension.ts';

type AnyDate = Date | DateTime;

const UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;

/** A unit as people write it: `days`, `Day`, `hrs`. */
function unitOf(context: Context, value: unknown, fallback: DateTimeUnit): DateTimeUnit {
  if (value === undefined) return fallback;
  const name = toText(context, value).toLowerCase();
  const singular = UNITS.find((unit) => name === unit || name === `${unit}s`);
  if (singular) return singular;
  throw extensionError(
    `Unsupported unit '${name}'. Supported: ${UNITS.map((unit) => `'${unit}'`).join(', ')}.`,
  );
}

const moment = (context: Context, self: AnyDate): DateTime =>
  self instanceof DateTime ? self : DateTime.fromJSDate(self, { zone: context.scope.timezone });

/** Gives back the kind of date that came in. */
const alike = (self: AnyDate, made: DateTime): AnyDate =>
  self instanceof DateTime ? made : made.toJSDate();

function toMoment(context: Context, value: unknown): DateTime {
  if (value instanceof DateTime) return value;
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone: context.scope.timezone });
  if (typeof value === 'string') return parseDateTime(context, value);
  return DateTime.fromMillis(toNumber(context, value), { zone: context.scope.timezone });
}

function durationOf(context: Context, amount: unknown, unit: unknown): Duration {
  if (isRecord(amount)) {
    const parts = Object.entries(amount).map(([name, value]) => [
      unitOf(context, name, 'day'),
      toNumber(context, value),
    ]);
    return Duration.fromObject(Object.fromEntries(parts));
  }
  if (amount instanceof Duration) return amount;
  return Duration.fromObject({ [unitOf(context, unit, 'millisecond')]: toNumber(context, amount) });
}

const PARTS = {
  year: (date: DateTime) => date.year,
  quarter: (date: DateTime) => date.quarter,
  month: (date: DateTime) => date.month,
  week: (date: DateTime) => date.weekNumber,
  day: (date: DateTime) => date.day,
  hour: (date: DateTime) => date.hour,
  minute: (date: DateTime) => date.minute,
  second: (date: DateTime) => date.second,
  millisecond: (date: DateTime) => date.millisecond,
} as const;

const EXTRA_PARTS: Readonly<Record<string, (date: DateTime) => number>> = {
  weeknumber: (date) => date.weekNumber,
  weekday: (date) => date.weekday,
  yearday: (date) => date.ordinal,
  dayofyear: (date) => date.ordinal,
};

function extract(context: Context, self: AnyDate, [part]: readonly unknown[]): number {
  const date = moment(context, self);
  const name = part === undefined ? 'week' : toText(context, part);
  const extra = Object.hasOwn(EXTRA_PARTS, name.toLowerCase())
    ? EXTRA_PARTS[name.toLowerCase()]
    : undefined;
  return extra ? extra(date) : PARTS[unitOf(context, name, 'week')](date);
}

function isBetween(context: Context, self: AnyDate, args: readonly unknown[]): boolean {
  if (args.length !== 2) throw extensionError('isBetween(): expected two args');
  const [one, other] = args.map((value) => toMoment(context, value).toMillis());
  const at = self.valueOf();
  return at > Math.min(one ?? 0, other ?? 0) && at < Math.max(one ?? 0, other ?? 0);
}

function isInLast(context: Context, self: AnyDate, [amount, unit]: readonly unknown[]): boolean {
  const now = DateTime.fromMillis(context.scope.now());
  const start = now.minus(durationOf(context, amount ?? 0, unit ?? 'minutes'));
  return self.valueOf() >= start.toMillis() && self.valueOf() <= now.toMillis();
}

function difference(context: Context, self: AnyDate, other: DateTime, units: unknown): unknown {
  const names = (Array.isArray(units) ? units : [units ?? 'days']).map((unit): DurationUnit =>
    unitOf(context, unit, 'day'),
  );
  const [only] = names;
  const span = moment(context, self).diff(other, names);
  if (only === undefined || names.length > 1) return span.toObject();
  return span.as(only);
}

const now = ({ scope }: Context) => DateTime.fromMillis(scope.now(), { zone: scope.timezone });

const impossible: Extension<AnyDate>['run'] = () => {
  throw typeError('not possible on dates');
};

/** Methods of JavaScript dates and Luxon DateTimes. */
export const DATE_EXTENSIONS: Extensions<AnyDate> = {
  beginningOf: {
    description: 'The start of the unit of time it lies in',
    args: "unit = 'week'",
    isHidden: true,
    run: (context, self, [unit]) =>
      alike(self, moment(context, self).startOf(unitOf(context, unit, 'week'))),
  },
  endOfMonth: {
    description: 'The end of its month',
    isHidden: true,
    run: (context, self) => alike(self, moment(context, self).endOf('month')),
  },
  extract: {
    description: 'One part of the date, as a number',
    args: "unit = 'week'",
    returns: 'Number',
    run: extract,
  },
  isBetween: {
    description: 'Whether it lies between two dates',
    args: 'date1, date2',
    returns: 'Boolean',
    run: isBetween,
  },
  isDst: {
    description: 'Whether it is in daylight saving time',
    isHidden: true,
    run: (context, self) => moment(context, self).isInDST,
  },
  isInLast: {
    description: 'Whether it lies in the last so many units',
    args: "n, unit = 'minutes'",
    isHidden: true,
    run: isInLast,
  },
  isWeekend: {
    description: 'Whether it is Saturday or Sunday',
    isHidden: true,
    run: (context, self) => moment(context, self).weekday > 5,
  },
  minus: {
    description: 'An earlier date',
    args: "n, unit = 'milliseconds'",
    returns: 'DateTime',
    run: (context, self, [amount, unit]) =>
      alike(self, moment(context, self).minus(durationOf(context, amount, unit))),
  },
  plus: {
    description: 'A later date',
    args: "n, unit = 'milliseconds'",
    returns: 'DateTime',
    run: (context, self, [amount, unit]) =>
      alike(self, moment(context, self).plus(durationOf(context, amount, unit))),
  },
  format: {
    description: 'The date as text, by Luxon tokens',
    args: "format = 'yyyy-MM-dd'",
    returns: 'String',
    run: (context, self, [format]) =>
      moment(context, self).toFormat(
        format === undefined ? 'yyyy-MM-dd' : toText(context, format).slice(0, 500),
      ),
  },
  toDateTime: {
    description: 'As Luxon DateTime',
    isHidden: true,
    run: (context, self) => moment(context, self),
  },
  diffTo: {
    description: 'Time from another date to this one',
    args: "other = now, unit = 'days'",
    returns: 'Number',
    run: (context, self, [other, unit]) =>
      difference(
        context,
        self,
        other === undefined || other === 'now' ? now(context) : toMoment(context, other),
        unit,
      ),
  },
  diffToNow: {
    description: 'Time from now to this date',
    args: "unit = 'days'",
    returns: 'Number',
    run: (context, self, [unit]) => difference(context, self, now(context), unit),
  },
  toInt: {
    description: 'Milliseconds since 1970',
    isHidden: true,
    run: (_, self) => self.valueOf(),
  },
  toFloat: {
    description: 'Milliseconds since 1970',
    isHidden: true,
    run: (_, self) => self.valueOf(),
  },
  toBoolean: { description: 'Not possible', isHidden: true, run: impossible },
  isEmpty: { description: 'Always false', returns: 'Boolean', isHidden: true, run: () => false },
  isNotEmpty: { description: 'Always true', returns: 'Boolean', isHidden: true, run: () => true },
};
