import type { Context } from '../context.ts';
import { GuestIterator, isObject, typeError } from '../values.ts';

/** The elements `for…of` and spread give, as a new list. */
export function listOf(context: Context, value: unknown): unknown[] {
  const list = elementsOf(context, value);
  context.reserveList(list.length);
  return list;
}

function elementsOf(context: Context, value: unknown): unknown[] {
  if (Array.isArray(value)) return value.slice();
  if (typeof value === 'string') {
    context.reserveList(value.length);
    return Array.from(value);
  }
  if (value instanceof Map)
    return [...value].map(([key, entry]: [unknown, unknown]) => [key, entry]);
  if (value instanceof Set) return [...value];
  if (value instanceof GuestIterator) return drain(value);
  if (isTypedArray(value)) return Array.from<unknown>(value);
  throw typeError(`${isObject(value) ? 'object' : String(value)} is not iterable`);
}

function drain(iterator: GuestIterator): unknown[] {
  const rest = iterator.items.slice(iterator.position);
  iterator.position = iterator.items.length;
  return rest;
}

export type TypedArray =
  | Uint8Array
  | Int8Array
  | Uint8ClampedArray
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
