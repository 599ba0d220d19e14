import { DateTime } from 'luxon';
import { callMember } from '../capabilities/members.ts';
import { RECORD, typeOf } from '../capabilities/types.ts';
import type { Context } from '../context.ts';
import { Facade, isCallable, isRecord, NativeFunction } from '../values.ts';
import { ARRAY_EXTENSIONS } from './array.ts';
import { BOOLEAN_EXTENSIONS } from './boolean.ts';
import { DATE_EXTENSIONS } from './date.ts';
import { isEmptyValue } from './empty.ts';
import { extensionError, type ExtensionDoc, type Extensions } from './extension.ts';
import { NUMBER_EXTENSIONS } from './number.ts';
import { OBJECT_EXTENSIONS } from './object.ts';
import { STRING_EXTENSIONS } from './string.ts';

type Run = (context: Context, self: unknown, args: readonly unknown[]) => unknown;

interface TypeExtensions {
  readonly type: string;
  readonly docs: ReadonlyMap<string, ExtensionDoc>;
  readonly is: (value: unknown) => boolean;
  readonly methods: ReadonlyMap<string, Run>;
}

function listed<T>(
  type: string,
  is: (value: unknown) => value is T,
  extensions: Extensions<T>,
): TypeExtensions {
  const methods = new Map<string, Run>();
  for (const [name, { run }] of Object.entries(extensions)) {
    methods.set(name, (context, self, args) => (is(self) ? run(context, self, args) : undefined));
  }
  return { type, is, methods, docs: new Map(Object.entries(extensions)) };
}

/** In the order in which a value's type is asked. */
export const TYPES: readonly TypeExtensions[] = [
  listed('Array', (value): value is unknown[] => Array.isArray(value), ARRAY_EXTENSIONS),
  listed('String', (value): value is string => typeof value === 'string', STRING_EXTENSIONS),
  listed('Number', (value): value is number => typeof value === 'number', NUMBER_EXTENSIONS),
  listed(
    'Date',
    (value): value is Date | DateTime => value instanceof Date || value instanceof DateTime,
    DATE_EXTENSIONS,
  ),
  listed('Object', isRecord, OBJECT_EXTENSIONS),
  listed('Boolean', (value): value is boolean => typeof value === 'boolean', BOOLEAN_EXTENSIONS),
];

/** Text that is exactly an instant counts as a date for the methods only dates have (n8n-facts B1.9). */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** These do not read the text: what comes out is an invalid date (n8n-facts B1.10). */
const UNREAD: ReadonlySet<string> = new Set(['format', 'extract', 'plus', 'minus', 'beginningOf']);

const NAMES: ReadonlySet<string> = new Set(TYPES.flatMap(({ methods }) => [...methods.keys()]));

export const isExtensionName = (name: string): boolean => NAMES.has(name);

/**
 * Calls a data-transformation method: the one for the value's type, else the value's own method of that
 * name, else the general `isEmpty` / `isNotEmpty`.
 */
export function callExtension(
  context: Context,
  self: unknown,
  name: string,
  args: unknown[],
): unknown {
  const found = TYPES.find(({ is }) => is(self));
  const run = found?.methods.get(name) ?? dateRun(self, name);
  if (run && !hasOwnFunction(self, name)) {
    context.spend(1);
    return run(context, self, args);
  }
  if (hasNative(context, self, name)) return callMember(context, self, name, args);
  if (name === 'isEmpty') return isEmptyValue(self);
  if (name === 'isNotEmpty') return !isEmptyValue(self);
  throw notCallable(self, name);
}

function dateRun(self: unknown, name: string): Run | undefined {
  if (typeof self !== 'string' || !INSTANT.test(self)) return undefined;
  const run = TYPES.find(({ type }) => type === 'Date')?.methods.get(name);
  const at = UNREAD.has(name) ? Number.NaN : self;
  return run && ((context, _, args) => run(context, new Date(at), args));
}

const hasOwnFunction = (self: unknown, name: string) =>
  isRecord(self) && Object.hasOwn(self, name) && isCallable(self[name]);

function hasNative(context: Context, self: unknown, name: string): boolean {
  if (self instanceof Facade) return self.get(name, context) !== undefined;
  if (self instanceof NativeFunction) return self.parts.members?.has(name) === true;
  if (isRecord(self)) return hasOwnFunction(self, name) || RECORD.method(name) !== undefined;
  return typeOf(self)?.method(name) !== undefined;
}

function notCallable(self: unknown, name: string) {
  if (self === null || self === undefined) {
    return extensionError(
      `${name} can't be used on ${self} value`,
      `To ignore this error, add a ? before it: \`?.${name}()\``,
      { name },
    );
  }
  const owners = TYPES.filter(({ methods }) => methods.has(name)).map(({ type }) => `"${type}"`);
  return extensionError(
    `${name}() is only callable on type ${joinOr(owners)}`,
    'Convert the value to that type first',
    { name },
  );
}

const joinOr = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
