import type { Context } from '../context.ts';
import { requireChangeable } from '../scope-data.ts';
import { GuestIterator, native, NativeFunction, rangeError, typeError } from '../values.ts';
import { ARRAY_CALLBACKS } from './array-callbacks.ts';
import { joinList, toInteger, toText } from './coerce.ts';
import { listOf } from './iteration.ts';
import { mapElements } from './array-callbacks.ts';
import { sortList } from './sort.ts';
import { defineType, type Method } from './type.ts';

type ListMethod = Method<unknown[]>;

const optional = (context: Context, value: unknown) =>
  value === undefined ? undefined : toInteger(context, value);

const seek =
  (find: (list: unknown[], value: unknown, from: number | undefined) => unknown): ListMethod =>
  (context, self, [value, from]) => {
    context.spend(self.length >>> 3);
    return find(self, value, optional(context, from));
  };

/** A method that changes the list it is called on. */
const changing =
  (change: ListMethod): ListMethod =>
  (context, self, args) => {
    requireChangeable(context);
    context.spend(self.length >>> 4);
    return change(context, self, args);
  };

const grown = (context: Context, self: unknown[], count: number) => {
  context.allocate(count * 8);
  if (self.length + count > context.limits.arrayLength) context.reserveList(self.length + count);
};

function concat(context: Context, self: unknown[], others: readonly unknown[]): unknown[] {
  const length = others.reduce<number>(
    (sum, other) => sum + (Array.isArray(other) ? other.length : 1),
    self.length,
  );
  context.reserveList(length);
  return self.concat(...others);
}

function flatten(
  context: Context,
  list: readonly unknown[],
  depth: number,
  out: unknown[],
  level = 0,
): unknown[] {
  if (level > 200) throw rangeError('nested too deeply');
  for (const element of list) {
    context.spend(1);
    if (Array.isArray(element) && depth > 0) flatten(context, element, depth - 1, out, level + 1);
    else if (out.push(element) > context.limits.arrayLength) context.reserveList(out.length);
  }
  return out;
}

function splice(self: unknown[], context: Context, args: readonly unknown[]): unknown[] {
  const [start, count, ...inserted] = args;
  if (args.length === 0) return [];
  grown(context, self, inserted.length);
  const from = toInteger(context, start);
  return args.length === 1
    ? self.splice(from)
    : self.splice(from, toInteger(context, count), ...inserted);
}

function copied(context: Context, self: unknown[]): unknown[] {
  context.reserveList(self.length);
  return self.slice();
}

export const ARRAY = defineType<unknown[]>({
  name: 'Array',
  is: (value) => Array.isArray(value),
  methods: {
    ...ARRAY_CALLBACKS,
    at: (context, self, [index]) => self.at(toInteger(context, index)),
    concat,
    includes: seek((list, value, from) => list.includes(value, from)),
    indexOf: seek((list, value, from) => list.indexOf(value, from ?? 0)),
    lastIndexOf: seek((list, value, from) =>
      from === undefined ? list.lastIndexOf(value) : list.lastIndexOf(value, from),
    ),
    join: (context, self, [separator]) =>
      joinList(context, self, separator === undefined ? ',' : toText(context, separator)),
    toString: (context: Context, self: unknown[]) => joinList(context, self, ','),
    toLocaleString: (context: Context, self: unknown[]) => joinList(context, self, ','),
    slice: (context, self, [from, to]) => {
      const part = self.slice(optional(context, from), optional(context, to));
      context.reserveList(part.length);
      return part;
    },
    flat: (context, self, [depth]) => flatten(context, self, toInteger(context, depth, 1), []),
    keys: (_, self) => new GuestIterator([...self.keys()]),
    values: (context, self) => new GuestIterator(listOf(context, self)),
    entries: (context, self) => {
      context.reserveList(self.length * 4);
      return new GuestIterator(self.map((element, index) => [index, element]));
    },
    push: changing((context, self, values) => {
      grown(context, self, values.length);
      return self.push(...values);
    }),
    unshift: changing((context, self, values) => {
      grown(context, self, values.length);
      return self.unshift(...values);
    }),
    pop: changing((_, self) => self.pop()),
    shift: changing((_, self) => self.shift()),
    // oxlint-disable-next-line unicorn/no-array-reverse -- reversing in place is what it is for
    reverse: changing((_, self) => self.reverse()),
    splice: changing((context, self, args) => splice(self, context, args)),
    fill: changing((context, self, [value, from, to]) => {
      context.spend(self.length >>> 3);
      return self.fill(value, optional(context, from), optional(context, to));
    }),
    copyWithin: changing((context, self, [target, from, to]) =>
      self.copyWithin(toInteger(context, target), toInteger(context, from), optional(context, to)),
    ),
    sort: changing((context, self, [compare]) => {
      for (const [index, element] of sortList(context, self, compare).entries())
        self[index] = element;
      return self;
    }),
    toSorted: (context, self, [compare]) => sortList(context, self, compare),
    toReversed: (context, self) => copied(context, self).toReversed(),
    toSpliced: (context, self, args) => {
      const copy = copied(context, self);
      splice(copy, context, args);
      return copy;
    },
    with: (context, self, [index, value]) =>
      copied(context, self).with(toInteger(context, index), value),
  },
  properties: { length: (self) => self.length },
});

function construct(context: Context, args: readonly unknown[]): unknown[] {
  const [length] = args;
  if (args.length !== 1 || typeof length !== 'number') return [...args];
  if (!Number.isInteger(length) || length < 0) throw rangeError('Invalid array length');
  context.reserveList(length);
  return Array<unknown>(length).fill(undefined);
}

function arrayFrom(context: Context, [source, mapper]: readonly unknown[]): unknown[] {
  const list = isArrayLike(source) ? ofLength(context, source) : listOf(context, source);
  return mapper === undefined ? list : mapElements(context, list, mapper);
}

const isArrayLike = (value: unknown): value is Record<string, unknown> & { length: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Object.hasOwn(value, 'length');

function ofLength(
  context: Context,
  source: Record<string, unknown> & { length: unknown },
): unknown[] {
  const length = Math.max(0, toInteger(context, source.length));
  context.reserveList(length);
  const list: unknown[] = [];
  for (let index = 0; index < length; index++)
    list.push(Object.hasOwn(source, String(index)) ? source[index] : undefined);
  return list;
}

export const ARRAY_CLASS = new NativeFunction('Array', {
  isClass: true,
  call: (context, _, args) => construct(context, args),
  construct,
  isInstance: Array.isArray,
  members: new Map([
    ['isArray', native('isArray', (_, __, [value]) => Array.isArray(value))],
    ['of', native('of', (_, __, values) => [...values])],
    [
      'from',
      native('from', (context, _, args) => {
        if (args[0] === null || args[0] === undefined)
          throw typeError(`${args[0]} is not iterable`);
        if (typeof args[0] === 'number' || typeof args[0] === 'boolean') return [];
        return arrayFrom(context, args);
      }),
    ],
  ]),
});
