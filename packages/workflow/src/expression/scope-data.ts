import { isTypedArray } from './capabilities/iteration.ts';
import type { Context } from './context.ts';
import { isRecord, NeedsCopies } from './values.ts';

/**
 * Hands data of the scope to the expression. Expressions never change items: those that try are run
 * on copies, made here when first asked for, so that the same datum is the same copy throughout.
 */
export function lend<T>(context: Context, value: T): T;
export function lend(context: Context, value: unknown): unknown {
  return context.copies ? copyData(value, context.copies) : value;
}

/** Call before changing any object or list. */
export function requireChangeable(context: Context): void {
  if (!context.copies) throw new NeedsCopies();
}

function copyData(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const element of value) list.push(copyData(element, copies));
    return list;
  }
  if (isRecord(value)) {
    const record: Record<string, unknown> = {};
    copies.set(value, record);
    for (const key of Object.keys(value)) {
      if (key !== '__proto__') record[key] = copyData(value[key], copies);
    }
    return record;
  }
  const copy = copyOther(value);
  copies.set(value, copy);
  return copy;
}

function copyOther(value: object): object {
  if (value instanceof Date) return new Date(value);
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  return isTypedArray(value) ? value.slice() : value;
}
