import type { Context } from '../context.ts';
import { call, isCallable, typeError } from '../values.ts';
import { toNumber, toText } from './coerce.ts';

/** A sorted copy: by `compare`, or as text; `undefined` last. Stable. */
export function sortList(context: Context, list: readonly unknown[], compare: unknown): unknown[] {
  if (compare !== undefined && !isCallable(compare))
    throw typeError('The comparison function must be a function');
  context.reserveList(list.length);
  const known = list.filter((element) => element !== undefined);
  const missing = Array<undefined>(list.length - known.length).fill(undefined);
  if (compare === undefined) return [...sortAsText(context, known), ...missing];
  known.sort((one, other) => {
    const order = toNumber(context, call(context, compare, undefined, [one, other]));
    return Number.isNaN(order) ? 0 : order;
  });
  return [...known, ...missing];
}

function sortAsText(context: Context, list: readonly unknown[]): unknown[] {
  const keyed = list.map((element) => ({ element, text: toText(context, element) }));
  keyed.sort((one, other) => {
    context.spend(1);
    if (one.text === other.text) return 0;
    return one.text < other.text ? -1 : 1;
  });
  return keyed.map(({ element }) => element);
}
