import type { Context } from '../context.ts';
import { GuestError, native, NativeFunction, Thrown, typeError } from '../values.ts';
import { ARRAY_CLASS } from './array.ts';
import { toInteger, toNumber, toNumeric, toPrimitive, toText } from './coerce.ts';
import { DATE_CLASS } from './date.ts';
import { ERROR_CLASSES } from './error.ts';
import { INTL } from './intl.ts';
import { JSON_NAMESPACE } from './json.ts';
import { LUXON_CLASSES } from './luxon.ts';
import { MAP_CLASS, SET_CLASS } from './map-set.ts';
import { MATH } from './math.ts';
import { OBJECT_CLASS } from './object.ts';
import { REGEX_CLASS } from './regexp.ts';
import { STRING_CLASS } from './string.ts';
import { TYPED_ARRAY_CLASSES } from './typed-array.ts';

/** Longest text read as a BigInt. */
const MAX_BIGINT_TEXT = 20_000;

const toNumberFrom = (context: Context, args: readonly unknown[]) =>
  args.length === 0 ? 0 : Number(toNumeric(context, args[0]));

const test = (name: string, check: (value: number) => boolean) =>
  native(name, (_, __, [value]) => typeof value === 'number' && check(value));

const parseFloatOf = native('parseFloat', (context, _, [text]) =>
  Number.parseFloat(toText(context, text)),
);
const parseIntOf = native('parseInt', (context, _, [text, radix]) =>
  Number.parseInt(toText(context, text), toInteger(context, radix, 0)),
);

const NUMBER_CLASS = new NativeFunction('Number', {
  isClass: true,
  call: (context, _, args) => toNumberFrom(context, args),
  construct: toNumberFrom,
  isInstance: () => false,
  members: new Map<string, unknown>([
    ['isFinite', test('isFinite', Number.isFinite)],
    ['isInteger', test('isInteger', Number.isInteger)],
    ['isNaN', test('isNaN', Number.isNaN)],
    ['isSafeInteger', test('isSafeInteger', Number.isSafeInteger)],
    ['parseFloat', parseFloatOf],
    ['parseInt', parseIntOf],
    ['EPSILON', Number.EPSILON],
    ['MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
    ['MIN_SAFE_INTEGER', Number.MIN_SAFE_INTEGER],
    ['MAX_VALUE', Number.MAX_VALUE],
    ['MIN_VALUE', Number.MIN_VALUE],
    ['POSITIVE_INFINITY', Infinity],
    ['NEGATIVE_INFINITY', -Infinity],
    ['NaN', Number.NaN],
  ]),
});

function toBigint(context: Context, value: unknown): bigint {
  const primitive = toPrimitive(context, value, 'number');
  if (typeof primitive === 'string' && primitive.length > MAX_BIGINT_TEXT)
    context.reserveBits(primitive.length * 4);
  if (primitive === undefined || primitive === null)
    throw typeError(`Cannot convert ${primitive} to a BigInt`);
  return BigInt(primitive);
}

const BIGINT_CLASS = new NativeFunction('BigInt', {
  call: (context, _, [value]) => toBigint(context, value),
  members: new Map([
    [
      'asIntN',
      native('asIntN', (context, _, [bits, value]) =>
        BigInt.asIntN(toInteger(context, bits), toBigint(context, value)),
      ),
    ],
    [
      'asUintN',
      native('asUintN', (context, _, [bits, value]) =>
        BigInt.asUintN(toInteger(context, bits), toBigint(context, value)),
      ),
    ],
  ]),
});

const BOOLEAN_CLASS = new NativeFunction('Boolean', {
  isClass: true,
  call: (_, __, [value]) => Boolean(value),
  construct: (_, [value]) => Boolean(value),
  isInstance: () => false,
});

const uri = (name: string, change: (text: string) => string) =>
  native(name, (context, _, [value]) => {
    const text = toText(context, value);
    context.reserveText(text.length * 3);
    try {
      return change(text);
    } catch {
      throw new Thrown(new GuestError('URIError', 'URI malformed'));
    }
  });

const CLASSES: readonly NativeFunction[] = [
  ARRAY_CLASS,
  BIGINT_CLASS,
  BOOLEAN_CLASS,
  DATE_CLASS,
  INTL,
  JSON_NAMESPACE,
  MAP_CLASS,
  MATH,
  NUMBER_CLASS,
  OBJECT_CLASS,
  REGEX_CLASS,
  SET_CLASS,
  STRING_CLASS,
  ...ERROR_CLASSES,
  ...LUXON_CLASSES,
  ...TYPED_ARRAY_CLASSES,
  parseFloatOf,
  parseIntOf,
  uri('encodeURIComponent', encodeURIComponent),
  uri('decodeURIComponent', decodeURIComponent),
  uri('encodeURI', encodeURI),
  uri('decodeURI', decodeURI),
  native('isNaN', (context, _, [value]) => Number.isNaN(toNumber(context, value))),
  native('isFinite', (context, _, [value]) => Number.isFinite(toNumber(context, value))),
];

/** The global names an expression can use, with what they are. */
export const GLOBALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...CLASSES.map((item): [string, unknown] => [item.name, item]),
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
]);
