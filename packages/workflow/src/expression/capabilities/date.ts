import type { Context } from '../context.ts';
import { native, NativeFunction } from '../values.ts';
import { requireChangeable } from '../scope-data.ts';
import { localeArguments } from './number.ts';
import { toNumber, toPrimitive, toText } from './coerce.ts';
import { defineType, type Method } from './type.ts';

const READERS = [
  'getDate',
  'getDay',
  'getFullYear',
  'getHours',
  'getMilliseconds',
  'getMinutes',
  'getMonth',
  'getSeconds',
  'getTime',
  'getTimezoneOffset',
  'getUTCDate',
  'getUTCDay',
  'getUTCFullYear',
  'getUTCHours',
  'getUTCMilliseconds',
  'getUTCMinutes',
  'getUTCMonth',
  'getUTCSeconds',
  'toDateString',
  'toISOString',
  'toJSON',
  'toTimeString',
  'toUTCString',
  'valueOf',
] as const;

const WRITERS = [
  'setDate',
  'setFullYear',
  'setHours',
  'setMilliseconds',
  'setMinutes',
  'setMonth',
  'setSeconds',
  'setTime',
  'setUTCDate',
  'setUTCFullYear',
  'setUTCHours',
  'setUTCMilliseconds',
  'setUTCMinutes',
  'setUTCMonth',
  'setUTCSeconds',
] as const;

const LOCALE = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const;

const readers = READERS.map((name): [string, Method<Date>] => [name, (_, self) => self[name]()]);

const writers = WRITERS.map((name): [string, Method<Date>] => [
  name,
  (context, self, args) => {
    requireChangeable(context);
    const numbers = args.map((value) => toNumber(context, value));
    return Reflect.apply(self[name], self, numbers);
  },
]);

const locale = LOCALE.map((name): [string, Method<Date>] => [
  name,
  (context, self, [tag, options]) => self[name](...localeArguments(context, tag, options)),
]);

export const DATE = defineType<Date>({
  name: 'Date',
  is: (value) => value instanceof Date,
  methods: {
    ...Object.fromEntries([...readers, ...writers, ...locale]),
    toString: (context: Context, self: Date) => toText(context, self),
  },
});

const numbersOf = (
  context: Parameters<typeof toNumber>[0],
  args: readonly unknown[],
): [number, number, ...number[]] => {
  const [year, month = 0, ...rest] = args.map((value) => toNumber(context, value));
  return [year ?? Number.NaN, month, ...rest];
};

export const DATE_CLASS = new NativeFunction('Date', {
  isClass: true,
  call: (context) => toText(context, new Date(context.scope.now())),
  construct: (context, args) => {
    if (args.length === 0) return new Date(context.scope.now());
    if (args.length > 1) return new Date(...numbersOf(context, args));
    const value = toPrimitive(
      context,
      args[0] instanceof Date ? args[0].getTime() : args[0],
      'default',
    );
    return new Date(typeof value === 'string' ? value : toNumber(context, value));
  },
  isInstance: (value) => value instanceof Date,
  members: new Map([
    ['now', native('now', (context) => context.scope.now())],
    ['parse', native('parse', (context, _, [text]) => Date.parse(toText(context, text)))],
    ['UTC', native('UTC', (context, _, args) => Date.UTC(...numbersOf(context, args)))],
  ]),
});
