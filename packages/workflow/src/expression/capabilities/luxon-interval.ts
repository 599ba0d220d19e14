import { Duration, Interval } from 'luxon';
import { call, NativeFunction } from '../values.ts';
import { toNumber } from './coerce.ts';
import { invoke, methods, plainOptions, properties, statics, zoned } from './luxon-calls.ts';
import { defineType } from './type.ts';

/** Pieces one `splitBy` may give. */
const MAX_PIECES = 10_000;

/** What expressions may do with an Interval. */
export const INTERVAL = defineType<Interval>({
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
    mapEndpoints: (context, self, [change]) => {
      const ends = [self.start, self.end].map((end) => call(context, change, undefined, [end]));
      return invoke(context, Interval, 'fromDateTimes', ends);
    },
    splitBy: (context, self, args) => {
      if (!self.isValid) return [];
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

/** `Interval`. */
export const INTERVAL_CLASS = new NativeFunction('Interval', {
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
