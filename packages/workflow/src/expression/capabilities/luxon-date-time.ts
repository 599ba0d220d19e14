import { DateTime } from 'luxon';
import type { Context } from '../context.ts';
import { isRecord, native, NativeFunction } from '../values.ts';
import { invoke, methods, plainOptions, properties, statics, zoned } from './luxon-calls.ts';
import { defineType } from './type.ts';

/** What expressions may do with a DateTime. */
export const DATE_TIME = defineType<DateTime>({
  name: 'DateTime',
  is: (value) => value instanceof DateTime,
  methods: {
    ...methods<DateTime>([
      'diff',
      'diffNow',
      'endOf',
      'equals',
      'get',
      'getPossibleOffsets',
      'hasSame',
      'minus',
      'plus',
      'reconfigure',
      'resolvedLocaleOptions',
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
      'weeksInLocalWeekYear',
      'weeksInWeekYear',
      'year',
      'zoneName',
    ]),
    zone: (self) => ({ name: self.zoneName }),
    c: (self) => self.toObject(),
    ts: (self) => self.toMillis(),
  },
});

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

/** Presets such as `DateTime.DATE_MED`: option records. Luxon's own are shared and not frozen: these are. */
const PRESETS = Object.getOwnPropertyNames(DateTime)
  .concat(
    Object.entries(Object.getOwnPropertyDescriptors(DateTime))
      .filter(([, { get }]) => get)
      .map(([name]) => name),
  )
  .filter((name) => /^(?:DATE|TIME|DATETIME)_[A-Z0-9_]+$/.test(name));

/** `DateTime`. */
export const DATE_TIME_CLASS = new NativeFunction('DateTime', {
  isClass: true,
  isInstance: (value) => value instanceof DateTime,
  members: new Map<string, unknown>([
    ...PRESETS.map((name): [string, unknown] => [
      name,
      Object.freeze({ ...Reflect.get(DateTime, name) }),
    ]),
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
