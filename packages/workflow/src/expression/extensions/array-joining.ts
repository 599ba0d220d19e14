import { toText } from '../capabilities/coerce.ts';
import { ownEntries, putMember } from '../capabilities/object.ts';
import type { Context } from '../context.ts';
import { isRecord } from '../values.ts';
import { distinct, equalityKey } from './equality.ts';
import { extensionError, type Extension } from './extension.ts';

type List = unknown[];

/** The list a method was given. @throws {ExpressionError} when it is none. */
export function listArgument(value: unknown, name: string): List {
  if (Array.isArray(value)) return value;
  throw extensionError(`${name}(): expected array arg, e.g. .${name}([{ id: 1, name: 'Bob' }])`);
}

/** One object out of a list of key–value objects. */
export function smartJoin(
  context: Context,
  self: List,
  [keyField, nameField]: readonly unknown[],
): unknown {
  if (
    typeof keyField !== 'string' ||
    typeof nameField !== 'string' ||
    keyField === '' ||
    nameField === ''
  ) {
    throw extensionError("smartJoin(): expected two string args, e.g. .smartJoin('name', 'value')");
  }
  const joined: Record<string, unknown> = {};
  for (const element of self) {
    if (
      !isRecord(element) ||
      !Object.hasOwn(element, keyField) ||
      !Object.hasOwn(element, nameField)
    )
      continue;
    putMember(context, joined, toText(context, element[keyField]), element[nameField]);
  }
  return joined;
}

/** The objects with some of their fields under other names. */
export function renameKeys(context: Context, self: List, args: readonly unknown[]): List {
  if (args.length === 0 || args.length % 2 !== 0) {
    throw extensionError(
      "renameKeys(): expected an even amount of args, e.g. .renameKeys('key1', 'key2')",
    );
  }
  const pairs = Array.from({ length: args.length / 2 }, (_, index): [string, string] => [
    toText(context, args[index * 2]),
    toText(context, args[index * 2 + 1]),
  ]);
  return self.map((element) => (isRecord(element) ? rename(context, element, pairs) : element));
}

function rename(
  context: Context,
  record: Record<string, unknown>,
  pairs: readonly (readonly [string, string])[],
) {
  const renamed: Record<string, unknown> = Object.fromEntries(ownEntries(context, record));
  for (const [from, to] of pairs) {
    if (!Object.hasOwn(renamed, from)) continue;
    const value = renamed[from];
    Reflect.deleteProperty(renamed, from);
    putMember(context, renamed, to, value);
  }
  return renamed;
}

/** Puts the fields of both lists' objects into one object; earlier ones win. */
export function merge(context: Context, self: List, args: readonly unknown[]): unknown {
  const other = args.length === 0 ? [] : listArgument(args[0], 'merge');
  const merged: Record<string, unknown> = {};
  const length = Math.max(self.length, other.length);
  for (let index = 0; index < length; index++) {
    for (const source of [self[index], other[index]]) {
      if (!isRecord(source)) continue;
      for (const [key, value] of ownEntries(context, source)) {
        if (!Object.hasOwn(merged, key)) putMember(context, merged, key, value);
      }
    }
  }
  return merged;
}

/** The elements of a list that are kept, each once, by whether the other list has them. */
export const setOperation =
  (name: string, isKept: (isInOther: boolean) => boolean): Extension<List>['run'] =>
  (context, self, [other]) => {
    const keys = new Set(listArgument(other, name).map((element) => equalityKey(context, element)));
    return distinct(
      context,
      self.filter((element) => isKept(keys.has(equalityKey(context, element)))),
    );
  };
