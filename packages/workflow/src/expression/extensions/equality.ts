import { stringifyJson } from '../capabilities/json.ts';
import type { Context } from '../context.ts';
import { isObject, isRecord } from '../values.ts';

/** A key equal for deeply equal values, whatever the order of their fields. */
export function equalityKey(context: Context, value: unknown): string {
  if (!isObject(value)) return `${typeof value}:${String(value)}`;
  return `object:${stringifyJson(context, [ordered(value)]) ?? ''}`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, ordered(value[name])]));
}

/** The elements without those equal to an earlier one. */
export function distinct(
  context: Context,
  list: readonly unknown[],
  keyOf = (value: unknown) => value,
): unknown[] {
  const seen = new Set<string>();
  return list.filter((element) => {
    context.spend(1);
    const key = equalityKey(context, keyOf(element));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
