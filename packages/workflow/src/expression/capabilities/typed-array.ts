import type { Context } from '../context.ts';
import { call, native, NativeFunction } from '../values.ts';
import { joinList, toInteger, toNumber, toText } from './coerce.ts';
import { isTypedArray, listOf, type TypedArray } from './iteration.ts';
import { defineType, type Method } from './type.ts';
import { requireChangeable } from '../scope-data.ts';

const withList =
  (
    run: (context: Context, list: unknown[], args: readonly unknown[]) => unknown,
  ): Method<TypedArray> =>
  (context, self, args) =>
    run(context, listOf(context, self), args);

export const TYPED_ARRAY = defineType<TypedArray>({
  name: 'TypedArray',
  is: isTypedArray,
  methods: {
    at: (context, self, [index]) => self.at(toInteger(context, index)),
    join: withList((context, list, [separator]) =>
      joinList(context, list, separator === undefined ? ',' : toText(context, separator)),
    ),
    toString: withList((context, list) => joinList(context, list, ',')),
    includes: withList((_, list, [value]) => list.includes(value)),
    indexOf: withList((_, list, [value]) => list.indexOf(value)),
    forEach: withList((context, list, [callback]) => {
      for (const [index, element] of list.entries())
        call(context, callback, undefined, [element, index]);
    }),
    reduce: withList((context, list, [callback, start]) =>
      list.reduce(
        (sum, element, index) => call(context, callback, undefined, [sum, element, index]),
        start,
      ),
    ),
    slice: (context, self, [from, to]) => {
      context.allocate(self.byteLength);
      return self.slice(
        toInteger(context, from),
        to === undefined ? undefined : toInteger(context, to),
      );
    },
    fill: (context, self, [value]) => {
      requireChangeable(context);
      context.spend(self.length >>> 3);
      for (let index = 0; index < self.length; index++)
        self[index] = typeof value === 'bigint' ? value : toNumber(context, value);
      return self;
    },
  },
  properties: {
    length: (self) => self.length,
    byteLength: (self) => self.byteLength,
  },
});

const CLASSES = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};

function numbers(context: Context, source: unknown): number | number[] {
  if (source === undefined) return 0;
  if (typeof source === 'number') {
    context.reserveList(source);
    return source;
  }
  return listOf(context, source).map((element) => toNumber(context, element));
}

export const TYPED_ARRAY_CLASSES = Object.entries(CLASSES).map(([name, make]) => {
  const construct = (context: Context, source: unknown) => {
    const from = numbers(context, source);
    return typeof from === 'number' ? new make(from) : new make(from);
  };
  return new NativeFunction(name, {
    isClass: true,
    construct: (context, [source]) => construct(context, source),
    isInstance: (value) => value instanceof make,
    members: new Map([
      ['from', native('from', (context, _, [source]) => construct(context, source))],
      ['of', native('of', (context, _, values) => construct(context, [...values]))],
    ]),
  });
});
