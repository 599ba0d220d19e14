import { ParamError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';

/** How a field name is read: with dots and brackets as a path, or as one plain key. */
export type FieldStyle = 'path' | 'key';

/** What makes a name a path. */
const MARKS = /[.[]/;
const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

/** The steps of `a.b[0]`. A name that is itself a key of `owner` is one step. @throws {ParamError} for unsafe names. */
export function stepsOf(name: string, style: FieldStyle, owner?: unknown): readonly string[] {
  const isKey =
    style === 'key' || !MARKS.test(name) || (isContainer(owner) && Object.hasOwn(owner, name));
  const steps = isKey ? [name] : split(name);
  for (const step of steps) if (UNSAFE.has(step)) throw unsafe(name, step);
  return steps;
}

const unsafe = (name: string, step: string) =>
  new ParamError({
    path: name,
    expected: 'a field name that is safe to set',
    received: step,
    reason: 'mismatch',
  });

/** The value of a field, `undefined` when any step is missing. */
export function getField(json: unknown, name: string, style: FieldStyle = 'path'): unknown {
  let value = json;
  for (const step of stepsOf(name, style, json)) {
    if (value === null || value === undefined) return undefined;
    const holder: Record<string, unknown> = Object(value);
    value = Object.hasOwn(holder, step) ? holder[step] : undefined;
  }
  return value;
}

/** Makes `getField` ready to read one field of many objects. @throws {ParamError} for unsafe names. */
export function fieldReader(name: string, style: FieldStyle = 'path'): (json: unknown) => unknown {
  if (style === 'path' && MARKS.test(name)) return (json) => getField(json, name, style);
  const [key = ''] = stepsOf(name, style);
  return (json) => {
    if (json === null || json === undefined) return undefined;
    const holder: Record<string, unknown> = Object(json);
    return Object.hasOwn(holder, key) ? holder[key] : undefined;
  };
}

/** Whether the field is there, even as `undefined`. */
export function hasField(json: unknown, name: string, style: FieldStyle = 'path'): boolean {
  let value = json;
  for (const step of stepsOf(name, style, json)) {
    if (!isContainer(value) || !Object.hasOwn(value, step)) return false;
    value = Reflect.get(value, step);
  }
  return true;
}

/** A copy of `json` with the field set. What is not on the way is shared, never changed. */
export function setField(
  json: JsonObject,
  name: string,
  value: unknown,
  style: FieldStyle = 'path',
): JsonObject {
  return asObject(withSet(json, stepsOf(name, style, json), value));
}

/** A copy of `json` with several fields set, one after the other. */
export function setFields(
  json: JsonObject,
  fields: readonly (readonly [string, unknown])[],
  style: FieldStyle = 'path',
): JsonObject {
  const copy: Record<string, unknown> = asObject(copyOf(json, ''));
  for (const [name, value] of fields) {
    const steps = stepsOf(name, style, copy);
    const [first = ''] = steps;
    copy[first] = steps.length === 1 ? value : withSet(ownOf(copy, first), steps.slice(1), value);
  }
  return copy;
}

const ownOf = (holder: Readonly<Record<string, unknown>>, key: string) =>
  Object.hasOwn(holder, key) ? holder[key] : undefined;

/** A copy of `json` without the field. */
export function unsetField(json: JsonObject, name: string, style: FieldStyle = 'path'): JsonObject {
  if (!hasField(json, name, style)) return json;
  return asObject(withUnset(json, stepsOf(name, style, json)));
}

/** The last step of a path, the name a field has once it is taken out. */
export const lastStep = (name: string): string => split(name).at(-1) ?? name;

const split = (name: string): readonly string[] =>
  name
    .replaceAll(
      /\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]/g,
      (_match, double, single, bare) => `.${double ?? single ?? bare}`,
    )
    .replace(/^\./, '')
    .split('.');

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const isPlain = (value: unknown): value is Record<string, unknown> =>
  isContainer(value) && !Array.isArray(value) && !(value instanceof Date);

function copyOf(holder: unknown, step: string): Record<string, unknown> | unknown[] {
  if (Array.isArray(holder)) return [...holder];
  if (isPlain(holder)) return { ...holder };
  return /^\d+$/.test(step) ? [] : {};
}

const asObject = (value: Record<string, unknown> | unknown[]): Record<string, unknown> =>
  Array.isArray(value) ? { ...value } : value;

function withSet(
  holder: unknown,
  [step = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> | unknown[] {
  const copy = copyOf(holder, step);
  const current = Object.hasOwn(copy, step) ? Reflect.get(copy, step) : undefined;
  Reflect.set(copy, step, rest.length ? withSet(current, rest, value) : value);
  return copy;
}

function withUnset(
  holder: unknown,
  [step = '', ...rest]: readonly string[],
): Record<string, unknown> | unknown[] {
  const copy = copyOf(holder, step);
  if (rest.length) Reflect.set(copy, step, withUnset(Reflect.get(copy, step), rest));
  else Reflect.deleteProperty(copy, step);
  return copy;
}
