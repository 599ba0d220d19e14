import { DateTime, Duration, Interval } from 'luxon';
import type { Context } from '../context.ts';
import { isRecord, native, typeError } from '../values.ts';
import { toText } from './coerce.ts';
import { safeDateFormat } from './date-format.ts';
import type { Getter, Method } from './type.ts';

/**
 * An argument for Luxon: text, numbers, dates and plain one-level options. Nothing it could call into.
 */
function argument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(argument);
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '__proto__')
        .map(([key, member]) => [key, isRecord(member) ? {} : argument(member)]),
    );
  }
  if (
    value instanceof DateTime ||
    value instanceof Duration ||
    value instanceof Interval ||
    value instanceof Date
  )
    return value;
  if (typeof value === 'string') return value.slice(0, 1000);
  return typeof value === 'object' || typeof value === 'function' ? null : value;
}

/** Calls a listed method of a Luxon class or value with arguments made safe. */
export function invoke(
  context: Context,
  owner: object,
  name: string,
  args: readonly unknown[],
): unknown {
  context.spend(5);
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== 'function') throw typeError(`${name} is not a function`);
  const result: unknown = Reflect.apply(method, owner, args.map(argument));
  if (result instanceof Date || !Array.isArray(result)) return result;
  context.reserveList(result.length);
  return result;
}

/** Methods handed on to Luxon as they are. */
export const methods = <T extends object>(
  names: readonly (keyof T & string)[],
): Record<string, Method<T>> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      (context: Context, self: T, args: readonly unknown[]) => invoke(context, self, name, args),
    ]),
  );

/** Properties read as they are. */
export const properties = <T extends object>(
  names: readonly (keyof T & string)[],
): Record<string, Getter<T>> =>
  Object.fromEntries(names.map((name) => [name, (self: T) => self[name]]));

/** Options that are a plain record; none when they are not. */
export const plainOptions = (value: unknown): object => {
  const made = argument(value);
  return isRecord(made) ? made : {};
};

/** Static methods handed on as they are. */
export const statics = (owner: object, names: readonly string[]): [string, unknown][] =>
  names.map((name) => [
    name,
    native(name, (context, _, args) => invoke(context, owner, name, args)),
  ]);

/** Longest text read by a format. */
const MAX_DATE_TEXT = 200;

/** Makers that read the clock face: the workflow's zone holds where the options at `position` name none. */
export const zoned = (
  owner: object,
  makers: Readonly<Record<string, number>>,
): [string, unknown][] =>
  Object.entries(makers).map(([name, position]) => [
    name,
    native(name, (context, _, args) => {
      const given: unknown[] = Array<undefined>(Math.max(position, args.length)).fill(undefined);
      for (const [index, value] of args.entries()) given[index] = value;
      const options = given[position];
      given[position] = { zone: context.scope.timezone, ...(isRecord(options) ? options : {}) };
      if (position === 2) {
        given[0] = toText(context, given[0]).slice(0, MAX_DATE_TEXT);
        given[1] = safeDateFormat(toText(context, given[1]));
      }
      return invoke(context, owner, name, given);
    }),
  ]);
