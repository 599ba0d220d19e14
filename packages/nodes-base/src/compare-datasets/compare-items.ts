import type { Item, JsonObject } from '@millrace/workflow/items';
import { isEqual, isLooselyEqual } from '../fields/equality.ts';
import { unsetField, type FieldStyle } from '../fields/field-path.ts';

export interface CompareOptions {
  readonly isFuzzy: boolean;
  /** Fields left out of the comparison. */
  readonly skipped: readonly string[];
  readonly style: FieldStyle;
}

/** Whether two items agree in all fields that count. */
export function agree(a: Item, b: Item, options: CompareOptions): boolean {
  const [left, right] = [counted(a.json, options), counted(b.json, options)];
  return allKeys(left, right).every((key) => isSame(left[key], right[key], options));
}

/** Both sides of every field: what is the same, what differs, and what was left out. */
export function difference(
  a: Item,
  b: Item,
  keys: JsonObject,
  options: CompareOptions,
): JsonObject {
  const [left, right] = [counted(a.json, options), counted(b.json, options)];
  const same: [string, unknown][] = [];
  const different: [string, unknown][] = [];
  const skipped: [string, unknown][] = [];
  const roots = new Set(
    options.skipped.map((name) => (options.style === 'path' ? name.split('.')[0] : name)),
  );
  for (const key of allKeys(a.json, b.json)) {
    if (roots.has(key)) skipped.push([key, sides(a.json[key], b.json[key])]);
    if (options.skipped.includes(key)) continue;
    if (isSame(a.json[key], b.json[key], options)) same.push([key, left[key]]);
    else different.push([key, sides(left[key], right[key])]);
  }
  return {
    keys,
    same: Object.fromEntries(same),
    different: Object.fromEntries(different),
    ...(skipped.length > 0 && { skipped: Object.fromEntries(skipped) }),
  };
}

const counted = (json: JsonObject, { skipped, style }: CompareOptions): JsonObject =>
  skipped.reduce((rest, field) => unsetField(rest, field, style), json);

const allKeys = (a: JsonObject, b: JsonObject) => [
  ...new Set([...Object.keys(a), ...Object.keys(b)]),
];

const isSame = (a: unknown, b: unknown, { isFuzzy }: CompareOptions) =>
  isFuzzy ? isLooselyEqual(a, b) : isEqual(a, b);

const sides = (inputA: unknown, inputB: unknown) => ({
  inputA: inputA ?? null,
  inputB: inputB ?? null,
});
