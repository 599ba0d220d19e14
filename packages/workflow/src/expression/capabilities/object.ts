import type { Context } from '../context.ts';
import { requireChangeable } from '../scope-data.ts';
import { call, Facade, isObject, isRecord, native, NativeFunction, typeError } from '../values.ts';
import { toPropertyKey, toText } from './coerce.ts';
import { listOf } from './iteration.ts';
import { refuseName } from './names.ts';
import { defineType, type Arguments } from './type.ts';

export const RECORD = defineType<Record<string, unknown>>({
  name: 'Object',
  is: isRecord,
  methods: {
    hasOwnProperty: (context: Context, self: Record<string, unknown>, [key]: Arguments) =>
      Object.hasOwn(self, toPropertyKey(context, key)),
    propertyIsEnumerable: (context: Context, self: Record<string, unknown>, [key]: Arguments) =>
      Object.hasOwn(self, toPropertyKey(context, key)),
    toString: (context: Context, self: Record<string, unknown>) => toText(context, self),
    toLocaleString: (context: Context, self: Record<string, unknown>) => toText(context, self),
    valueOf: (_: Context, self: Record<string, unknown>) => self,
  },
});

/** Own members of a value as `[key, value]`, for `Object.entries`, spread and `for…in`. */
export function ownEntries(context: Context, value: unknown): [string, unknown][] {
  const entries = readEntries(context, value);
  context.reserveList(entries.length * 4);
  return entries;
}

function readEntries(context: Context, value: unknown): [string, unknown][] {
  if (value instanceof Facade) return value.keys().map((key) => [key, value.get(key, context)]);
  if (typeof value === 'string') return [...value].map((char, index) => [String(index), char]);
  const isData = isRecord(value) || Array.isArray(value) || ArrayBuffer.isView(value);
  if (isData) {
    return Object.entries<unknown>({ ...value }).filter(
      ([key, member]) => key !== '__proto__' && typeof member !== 'function',
    );
  }
  return [];
}

/** Writes one member of a new record. */
export function putMember(
  context: Context,
  record: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  refuseName(key);
  context.allocate(32);
  record[key] = value;
}

function target(value: unknown): unknown {
  if (value === null || value === undefined)
    throw typeError('Cannot convert undefined or null to object');
  return value;
}

function assign(context: Context, [into, ...sources]: readonly unknown[]): unknown {
  if (!isRecord(into) && !Array.isArray(into)) throw typeError('Object.assign needs an object');
  requireChangeable(context);
  for (const source of sources) {
    for (const [key, value] of ownEntries(context, source)) {
      refuseName(key);
      Reflect.set(into, key, value);
    }
  }
  return into;
}

function fromEntries(context: Context, [entries]: readonly unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const entry of listOf(context, entries)) {
    if (!Array.isArray(entry)) throw typeError('Iterator value is not an entry object');
    putMember(context, record, toPropertyKey(context, entry[0]), entry[1]);
  }
  return record;
}

function groupBy(
  context: Context,
  [list, callback]: readonly unknown[],
): Record<string, unknown[]> {
  const groups: Record<string, unknown[]> = {};
  for (const [index, element] of listOf(context, list).entries()) {
    const key = toPropertyKey(context, call(context, callback, undefined, [element, index]));
    refuseName(key);
    const group = Object.hasOwn(groups, key) ? groups[key] : undefined;
    if (group) group.push(element);
    else groups[key] = [element];
  }
  return groups;
}

const STATICS = {
  keys: (context: Context, [value]: readonly unknown[]) =>
    ownEntries(context, target(value)).map(([key]) => key),
  values: (context: Context, [value]: readonly unknown[]) =>
    ownEntries(context, target(value)).map(([, member]) => member),
  entries: (context: Context, [value]: readonly unknown[]) => ownEntries(context, target(value)),
  getOwnPropertyNames: (context: Context, [value]: readonly unknown[]) =>
    ownEntries(context, target(value)).map(([key]) => key),
  assign,
  fromEntries,
  groupBy,
  hasOwn: (context: Context, [value, key]: readonly unknown[]) =>
    isObject(value) && Object.hasOwn(value, toPropertyKey(context, key)),
  is: (_: Context, [one, other]: readonly unknown[]) => Object.is(one, other),
  create: (_: Context, [value]: readonly unknown[]) => {
    if (value !== null && !isRecord(value))
      throw typeError('Object prototype may only be an Object or null');
    return { ...value };
  },
  freeze: (_: Context, [value]: readonly unknown[]) => value,
  seal: (_: Context, [value]: readonly unknown[]) => value,
  preventExtensions: (_: Context, [value]: readonly unknown[]) => value,
  isFrozen: () => false,
};

export const OBJECT_CLASS = new NativeFunction('Object', {
  isClass: true,
  call: (_, __, [value]) => value ?? {},
  construct: (_, [value]) => value ?? {},
  isInstance: isObject,
  members: new Map(
    Object.entries(STATICS).map(([name, run]) => [
      name,
      native(name, (context, _, args) => run(context, args)),
    ]),
  ),
});
