import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import { GuestRegex } from '../regex/guest-regex.ts';
import {
  call,
  GuestError,
  GuestFunction,
  isCallable,
  isObject,
  isRecord,
  NativeFunction,
  typeError,
} from '../values.ts';

type Primitive = string | number | boolean | bigint | null | undefined;
type Hint = 'default' | 'number' | 'string';

/** JavaScript's ToPrimitive for the values expressions have; runs the expression's own `toString`/`valueOf`. */
export function toPrimitive(context: Context, value: unknown, hint: Hint): Primitive {
  switch (typeof value) {
    case 'object':
      return value === null ? null : objectToPrimitive(context, value, hint);
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return value;
    default:
      throw typeError('Cannot convert to a primitive value');
  }
}

function objectToPrimitive(context: Context, value: object, hint: Hint): Primitive {
  if (isRecord(value)) return recordToPrimitive(context, value, hint);
  if (Array.isArray(value)) return joinList(context, value, ',');
  if (value instanceof Date) return hint === 'number' ? value.getTime() : dateText(value);
  if (value instanceof DateTime) return hint === 'string' ? value.toString() : value.toMillis();
  if (value instanceof Duration) return hint === 'string' ? value.toString() : value.toMillis();
  if (value instanceof Interval) return value.toString();
  return objectText(value);
}

function recordToPrimitive(
  context: Context,
  value: Record<string, unknown>,
  hint: Hint,
): Primitive {
  const order = hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
  for (const name of order) {
    const method = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!isCallable(method)) continue;
    const result = call(context, method, value, []);
    if (!isObject(result)) return toPrimitive(context, result, hint);
  }
  return '[object Object]';
}

function objectText(value: object): string {
  if (value instanceof GuestFunction) return value.source;
  if (value instanceof NativeFunction) {
    return value.parts.isClass
      ? `class ${value.name} { [native code] }`
      : `function ${value.name}() { [native code] }`;
  }
  if (value instanceof GuestRegex) return `/${value.source}/${value.flags}`;
  if (value instanceof GuestError)
    return value.message === '' ? value.name : `${value.name}: ${value.message}`;
  if (value instanceof Map) return '[object Map]';
  if (value instanceof Set) return '[object Set]';
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return String(value);
  return '[object Object]';
}

/** As the isolated engine of n8n prints dates: without the zone's name in brackets. */
const dateText = (value: Date) => value.toString().replace(/ \(.*\)$/, '');

/** `Array.prototype.join`, metered; cycles end as empty text. */
export function joinList(
  context: Context,
  list: readonly unknown[],
  separator: string,
  open: object[] = [],
): string {
  if (open.includes(list)) return '';
  if (open.length > 100) throw typeError('nested too deeply');
  const parts: string[] = [];
  let length = 0;
  for (const element of list) {
    context.spend(1);
    const part =
      element === null || element === undefined
        ? ''
        : Array.isArray(element)
          ? joinList(context, element, ',', [...open, list])
          : toText(context, element);
    length += part.length + separator.length;
    if (length > context.limits.stringLength) context.reserveText(length);
    parts.push(part);
  }
  context.reserveText(length);
  return parts.join(separator);
}

/** JavaScript's ToString. */
export function toText(context: Context, value: unknown): string {
  if (typeof value === 'string') return value;
  const primitive = toPrimitive(context, value, 'string');
  if (typeof primitive === 'bigint') context.reserveBits(primitive.toString(16).length * 4);
  return String(primitive);
}

/** JavaScript's ToNumber. */
export function toNumber(context: Context, value: unknown): number {
  if (typeof value === 'number') return value;
  const primitive = toPrimitive(context, value, 'number');
  if (typeof primitive === 'bigint') throw typeError('Cannot convert a BigInt value to a number');
  if (typeof primitive === 'string') context.spend(primitive.length >>> 6);
  return Number(primitive);
}

/** A number, or the BigInt it is. */
export function toNumeric(context: Context, value: unknown): number | bigint {
  const primitive = toPrimitive(context, value, 'number');
  return typeof primitive === 'bigint' ? primitive : Number(primitive);
}

/** JavaScript's ToIntegerOrInfinity; `fallback` when the argument is absent. */
export function toInteger(context: Context, value: unknown, fallback = 0): number {
  if (value === undefined) return fallback;
  const number = Math.trunc(toNumber(context, value));
  return Number.isNaN(number) ? 0 : number;
}

export const toPropertyKey = (context: Context, key: unknown): string =>
  typeof key === 'string' ? key : toText(context, key);
