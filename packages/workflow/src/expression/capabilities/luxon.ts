import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import { isRecord, native, NativeFunction, typeError } from '../values.ts';
import { toNumber, toText } from './coerce.ts';
import { safeDateFormat } from './date-format.ts';
import { defineType, type Getter, type Method, type TypeCapability } from './type.ts';

/**
 * An argument for Luxon: text, numbers, dates and plain one-level options. Nothing it could call into.
 */
function argument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(argument);
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '__proto__')
        .map(([key, member]) => [key, isRecord(member) ? {} : argument(member)]),
    );
  }
  if (
    value instanceof DateTime ||
    value instanceof Duration ||
    value instanceof Interval ||
    value instanceof Date
  )
    return value;
  if (typeof value === 'string') return value.slice(0, 1000);
  return typeof value === 'object' || typeof value === 'function' ? null : value;
}

/** Calls a listed method of a Luxon class or value with arguments made safe. */
function invoke(context: Context, owner: object, name: string, args: readonly unknown[]): unknown {
  context.spend(5);
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== 'function') throw typeError(`${name} is not a function`);
  const result: unknown = Reflect.apply(method, owner, args.map(argument));
  if (result instanceof Date || !Array.isArray(result)) return result;
  context.reserveList(result.length);
  return result;
}

const methods = <T extends object>(
  names: readonly (keyof T & string)[],
): Record<string, Method<T>> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      (context: Context, self: T, args: readonly unknown[]) => invoke(context, self, name, args),
    ]),
  );

const properties = <T extends object>(
  names: readonly (keyof T & string)[],
): Record<string, Getter<T>> =>
  Object.fromEntries(names.map((name) => [name, (self: T) => self[name]]));

const DATE_TIME = defineType<DateTime>({
  name: 'DateTime',
  is: (value) => value instanceof DateTime,
  methods: {
    ...methods<DateTime>([
      'diff',
      'diffNow',
      'endOf',
      'equals',
      'get',
      'hasSame',
      'minus',
      'plus',
      'reconfigure',
      'set',
      'setLocale',
      'startOf',
      'toBSON',
      'toFormat',
      'toHTTP',
      'toISO',
      'toISODate',
      'toISOTime',
      'toISOWeekDate',
      'toJSDate',
      'toJSON',
      'toLocaleParts',
      'toLocaleString',
      'toMillis',
      'toObject',
      'toRFC2822',
      'toRelative',
      'toRelativeCalendar',
      'toSQL',
      'toSQLDate',
      'toSQLTime',
      'toSeconds',
      'toString',
      'toUTC',
      'toUnixInteger',
      'until',
      'valueOf',
    ]),
    setZone,
    toLocal: (context, self) => setZone(context, self, []),
    toRelative: (context, self, [options]) =>
      self.toRelative({ base: DateTime.fromMillis(context.scope.now()), ...plainOptions(options) }),
    toRelativeCalendar: (context, self, [options]) =>
      self.toRelativeCalendar({
        base: DateTime.fromMillis(context.scope.now()),
        ...plainOptions(options),
      }),
    diffNow: (context, self, args) =>
      invoke(context, self, 'diff', [DateTime.fromMillis(context.scope.now()), ...args]),
  },
  properties: {
    ...properties<DateTime>([
      'day',
      'daysInMonth',
      'daysInYear',
      'hour',
      'invalidExplanation',
      'invalidReason',
      'isInDST',
      'isInLeapYear',
      'isOffsetFixed',
      'isValid',
      'isWeekend',
      'locale',
      'localWeekNumber',
      'localWeekYear',
      'localWeekday',
      'millisecond',
      'minute',
      'month',
      'monthLong',
      'monthShort',
      'numberingSystem',
      'offset',
      'offsetNameLong',
      'offsetNameShort',
      'ordinal',
      'outputCalendar',
      'quarter',
      'second',
      'weekNumber',
      'weekYear',
      'weekday',
      'weekdayLong',
      'weekdayShort',
      'weeksInWeekYear',
      'year',
      'zoneName',
    ]),
    zone: (self) => ({ name: self.zoneName }),
    c: (self) => self.toObject(),
    ts: (self) => self.toMillis(),
  },
});

const plainOptions = (value: unknown): object => {
  const made = argument(value);
  return isRecord(made) ? made : {};
};

const DURATION = defineType<Duration>({
  name: 'Duration',
  is: (value) => value instanceof Duration,
  methods: methods<Duration>([
    'as',
    'equals',
    'get',
    'minus',
    'negate',
    'normalize',
    'plus',
    'reconfigure',
    'rescale',
    'set',
    'shiftTo',
    'shiftToAll',
    'toFormat',
    'toHuman',
    'toISO',
    'toISOTime',
    'toJSON',
    'toMillis',
    'toObject',
    'toString',
    'valueOf',
  ]),
  properties: properties<Duration>([
    'days',
    'hours',
    'invalidExplanation',
    'invalidReason',
    'isValid',
    'locale',
    'milliseconds',
    'minutes',
    'months',
    'numberingSystem',
    'quarters',
    'seconds',
    'weeks',
    'years',
  ]),
});

/** Pieces one `splitBy` may give. */
const MAX_PIECES = 10_000;

const INTERVAL = defineType<Interval>({
  name: 'Interval',
  is: (value) => value instanceof Interval,
  methods: {
    ...methods<Interval>([
      'abutsEnd',
      'abutsStart',
      'contains',
      'count',
      'difference',
      'divideEqually',
      'engulfs',
      'equals',
      'hasSame',
      'intersection',
      'isAfter',
      'isBefore',
      'isEmpty',
      'length',
      'overlaps',
      'set',
      'splitAt',
      'toDuration',
      'toFormat',
      'toISO',
      'toISODate',
      'toISOTime',
      'toLocaleString',
      'toString',
      'union',
    ]),
    splitBy: (context, self, args) => {
      const [step] = args;
      const size = Duration.fromDurationLike(durationLike(step)).toMillis();
      const pieces = self.length() / size;
      if (!(pieces <= MAX_PIECES)) context.reserveList(Infinity);
      return invoke(context, self, 'splitBy', args);
    },
    divideEqually: (context, self, [count]) => {
      const pieces = toNumber(context, count);
      if (!(pieces <= MAX_PIECES)) context.reserveList(Infinity);
      return invoke(context, self, 'divideEqually', [pieces]);
    },
  },
  properties: properties<Interval>([
    'start',
    'end',
    'invalidExplanation',
    'invalidReason',
    'isValid',
  ]),
});

function durationLike(value: unknown): Duration | object | number {
  if (value instanceof Duration || typeof value === 'number') return value;
  return plainOptions(value);
}

export const LUXON_TYPES: readonly TypeCapability[] = [DATE_TIME, DURATION, INTERVAL];

const statics = (owner: object, names: readonly string[]): [string, unknown][] =>
  names.map((name) => [
    name,
    native(name, (context, _, args) => invoke(context, owner, name, args)),
  ]);

/** Longest text read by a format. */
const MAX_DATE_TEXT = 200;

/** Makers that read the clock face: the workflow's zone holds where the options at `position` name none. */
const zoned = (owner: object, makers: Readonly<Record<string, number>>): [string, unknown][] =>
  Object.entries(makers).map(([name, position]) => [
    name,
    native(name, (context, _, args) => {
      const given: unknown[] = Array<undefined>(Math.max(position, args.length)).fill(undefined);
      for (const [index, value] of args.entries()) given[index] = value;
      const options = given[position];
      given[position] = { zone: context.scope.timezone, ...(isRecord(options) ? options : {}) };
      if (position === 2) {
        given[0] = toText(context, given[0]).slice(0, MAX_DATE_TEXT);
        given[1] = safeDateFormat(toText(context, given[1]));
      }
      return invoke(context, owner, name, given);
    }),
  ]);

function local(context: Context, args: readonly unknown[]): unknown {
  const last = args.at(-1);
  const parts = isRecord(last) ? args.slice(0, -1) : args;
  return invoke(context, DateTime, 'local', [
    ...parts,
    { zone: context.scope.timezone, ...(isRecord(last) ? last : {}) },
  ]);
}

function setZone(context: Context, self: DateTime, [zone, ...rest]: readonly unknown[]): unknown {
  const isLocal = zone === undefined || zone === 'local' || zone === 'system' || zone === 'default';
  return invoke(context, self, 'setZone', [isLocal ? context.scope.timezone : zone, ...rest]);
}

/** Presets such as `DateTime.DATE_MED`: plain option records. */
const PRESETS = Object.getOwnPropertyNames(DateTime)
  .concat(
    Object.entries(Object.getOwnPropertyDescriptors(DateTime))
      .filter(([, { get }]) => get)
      .map(([name]) => name),
  )
  .filter((name) => /^(?:DATE|TIME|DATETIME)_[A-Z0-9_]+$/.test(name));

const DATE_TIME_CLASS = new NativeFunction('DateTime', {
  isClass: true,
  isInstance: (value) => value instanceof DateTime,
  members: new Map<string, unknown>([
    ...PRESETS.map((name): [string, unknown] => [name, Reflect.get(DateTime, name)]),
    ...statics(DateTime, ['invalid', 'isDateTime', 'max', 'min', 'utc']),
    ...zoned(DateTime, {
      fromFormat: 2,
      fromHTTP: 1,
      fromISO: 1,
      fromJSDate: 1,
      fromMillis: 1,
      fromObject: 1,
      fromRFC2822: 1,
      fromSQL: 1,
      fromSeconds: 1,
      fromString: 2,
    }),
    ['local', native('local', (context, _, args) => local(context, args))],
    [
      'now',
      native('now', (context) =>
        DateTime.fromMillis(context.scope.now(), { zone: context.scope.timezone }),
      ),
    ],
  ]),
});

const DURATION_CLASS = new NativeFunction('Duration', {
  isClass: true,
  isInstance: (value) => value instanceof Duration,
  members: new Map(
    statics(Duration, [
      'fromISO',
      'fromISOTime',
      'fromMillis',
      'fromObject',
      'invalid',
      'isDuration',
    ]),
  ),
});

const INTERVAL_CLASS = new NativeFunction('Interval', {
  isClass: true,
  isInstance: (value) => value instanceof Interval,
  members: new Map([
    ...statics(Interval, [
      'after',
      'before',
      'fromDateTimes',
      'invalid',
      'isInterval',
      'merge',
      'xor',
    ]),
    ...zoned(Interval, { fromISO: 1 }),
  ]),
});

export const LUXON_CLASSES: readonly NativeFunction[] = [
  DATE_TIME_CLASS,
  DURATION_CLASS,
  INTERVAL_CLASS,
];
