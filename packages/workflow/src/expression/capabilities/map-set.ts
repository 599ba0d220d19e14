import type { Context } from '../context.ts';
import { requireChangeable } from '../scope-data.ts';
import { call, GuestIterator, native, NativeFunction, typeError } from '../values.ts';
import { listOf } from './iteration.ts';
import { defineType } from './type.ts';

type Values = Set<unknown>;

const grow = (context: Context, size: number) => {
  requireChangeable(context);
  context.allocate(48);
  if (size >= context.limits.arrayLength) context.reserveList(size + 1);
};

export const MAP = defineType<Map<unknown, unknown>>({
  name: 'Map',
  is: (value) => value instanceof Map,
  methods: {
    get: (_, self, [key]) => self.get(key),
    has: (_, self, [key]) => self.has(key),
    set: (context, self, [key, value]) => {
      grow(context, self.size);
      return self.set(key, value);
    },
    delete: (context, self, [key]) => {
      requireChangeable(context);
      return self.delete(key);
    },
    clear: (context, self) => {
      requireChangeable(context);
      self.clear();
    },
    keys: (_, self) => new GuestIterator([...self.keys()]),
    values: (_, self) => new GuestIterator([...self.values()]),
    entries: (context, self) => new GuestIterator(listOf(context, self)),
    forEach: (context, self, [callback]) => {
      for (const [key, value] of Array.from(self))
        call(context, callback, undefined, [value, key, self]);
    },
  },
  properties: { size: (self) => self.size },
});

const combine =
  (choose: (one: Values, other: Values) => unknown[]) =>
  (context: Context, self: Values, [other]: readonly unknown[]) => {
    if (!(other instanceof Set)) throw typeError('a Set is needed');
    context.reserveList(self.size + other.size);
    return new Set(choose(self, other));
  };

const compare =
  (test: (one: Values, other: Values) => boolean) =>
  (context: Context, self: Values, [other]: readonly unknown[]) => {
    if (!(other instanceof Set)) throw typeError('a Set is needed');
    context.spend(self.size);
    return test(self, other);
  };

export const SET = defineType<Values>({
  name: 'Set',
  is: (value) => value instanceof Set,
  methods: {
    has: (_, self, [value]) => self.has(value),
    add: (context, self, [value]) => {
      grow(context, self.size);
      return self.add(value);
    },
    delete: (context, self, [value]) => {
      requireChangeable(context);
      return self.delete(value);
    },
    clear: (context, self) => {
      requireChangeable(context);
      self.clear();
    },
    keys: (_, self) => new GuestIterator([...self]),
    values: (_, self) => new GuestIterator([...self]),
    entries: (_, self) => new GuestIterator([...self].map((value) => [value, value])),
    forEach: (context, self, [callback]) => {
      for (const value of Array.from(self))
        call(context, callback, undefined, [value, value, self]);
    },
    union: combine((one, other) => [...one, ...other]),
    intersection: combine((one, other) => [...one].filter((value) => other.has(value))),
    difference: combine((one, other) => [...one].filter((value) => !other.has(value))),
    symmetricDifference: combine((one, other) => [
      ...[...one].filter((value) => !other.has(value)),
      ...[...other].filter((value) => !one.has(value)),
    ]),
    isSubsetOf: compare((one, other) => [...one].every((value) => other.has(value))),
    isSupersetOf: compare((one, other) => [...other].every((value) => one.has(value))),
    isDisjointFrom: compare((one, other) => ![...one].some((value) => other.has(value))),
  },
  properties: { size: (self) => self.size },
});

const entriesOf = (context: Context, value: unknown) =>
  value === undefined || value === null
    ? []
    : listOf(context, value).map((entry): [unknown, unknown] => {
        if (!Array.isArray(entry)) throw typeError('Iterator value is not an entry object');
        return [entry[0], entry[1]];
      });

export const MAP_CLASS = new NativeFunction('Map', {
  isClass: true,
  construct: (context, [entries]) => new Map(entriesOf(context, entries)),
  isInstance: (value) => value instanceof Map,
  members: new Map([
    [
      'groupBy',
      native('groupBy', (context, _, [list, callback]) => {
        const groups = new Map<unknown, unknown[]>();
        for (const [index, element] of listOf(context, list).entries()) {
          const key = call(context, callback, undefined, [element, index]);
          const group = groups.get(key);
          if (group) group.push(element);
          else groups.set(key, [element]);
        }
        return groups;
      }),
    ],
  ]),
});

export const SET_CLASS = new NativeFunction('Set', {
  isClass: true,
  construct: (context, [values]) =>
    new Set(values === undefined || values === null ? [] : listOf(context, values)),
  isInstance: (value) => value instanceof Set,
});
