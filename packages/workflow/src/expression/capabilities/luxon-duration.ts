import { Duration } from 'luxon';
import { call, NativeFunction } from '../values.ts';
import { toNumber } from './coerce.ts';
import { methods, properties, statics } from './luxon-calls.ts';
import { defineType } from './type.ts';

/** What expressions may do with a Duration. */
export const DURATION = defineType<Duration>({
  name: 'Duration',
  is: (value) => value instanceof Duration,
  methods: {
    ...methods<Duration>([
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
    mapUnits: (context, self, [change]) =>
      withUnits(
        Object.entries(self.toObject()).map(([unit, value]) => [
          unit,
          toNumber(context, call(context, change, undefined, [value, unit])),
        ]),
      ),
    removeZeros: (_, self) =>
      withUnits(Object.entries(self.toObject()).filter(([, value]) => value !== 0)),
  },
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

const withUnits = (units: readonly (readonly [string, number])[]) =>
  Duration.fromObject(Object.fromEntries(units));

/** `Duration`. */
export const DURATION_CLASS = new NativeFunction('Duration', {
  isClass: true,
  isInstance: (value) => value instanceof Duration,
  members: new Map(
    statics(Duration, [
      'fromDurationLike',
      'fromISO',
      'fromISOTime',
      'fromMillis',
      'fromObject',
      'invalid',
      'isDuration',
    ]),
  ),
});
