import type { Context } from '../context.ts';
import { native, typeError, type NativeFunction } from '../values.ts';
import { toText } from './coerce.ts';

/** What a method was called with. */
export type Arguments = readonly unknown[];
export type Method<T> = (context: Context, self: T, args: Arguments) => unknown;
export type Getter<T> = (self: T, context: Context) => unknown;

/** What expressions may do with values of one type: these methods and properties, nothing else. */
export interface TypeCapability {
  readonly name: string;
  readonly is: (value: unknown) => boolean;
  method(key: string): Method<unknown> | undefined;
  property(key: string): Getter<unknown> | undefined;
  /** The method as a value, for `list.map(x.method)` and the like. */
  methodValue(key: string): NativeFunction | undefined;
}

/** What every value can do unless its type does it in a way of its own. */
const EVERY_TYPE: readonly (readonly [string, Method<unknown>])[] = [
  ['toString', (context, self) => toText(context, self)],
  ['toLocaleString', (context, self) => toText(context, self)],
  ['valueOf', (_, self) => self],
];

interface Listed<T> {
  readonly name: string;
  readonly is: (value: unknown) => value is T;
  readonly methods: Readonly<Record<string, Method<T>>>;
  readonly properties?: Readonly<Record<string, Getter<T>>>;
}

/** Lists a type's members. Only names said here exist; the host's prototypes are never consulted. */
export function defineType<T>({ name, is, methods, properties = {} }: Listed<T>): TypeCapability {
  const checked = new Map<string, Method<unknown>>(EVERY_TYPE);
  for (const [key, method] of Object.entries(methods)) {
    checked.set(key, (context, self, args) => {
      if (!is(self)) throw typeError(`${name}.${key} called on another type`);
      return method(context, self, args);
    });
  }
  const getters = new Map<string, Getter<unknown>>();
  for (const [key, getter] of Object.entries(properties)) {
    getters.set(key, (self, context) => (is(self) ? getter(self, context) : undefined));
  }
  const values = new Map<string, NativeFunction>();
  for (const [key, method] of checked) values.set(key, native(key, method));
  return {
    name,
    is,
    method: (key) => checked.get(key),
    property: (key) => getters.get(key),
    methodValue: (key) => values.get(key),
  };
}
