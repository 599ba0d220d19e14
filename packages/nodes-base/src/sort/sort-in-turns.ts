import { inTurns, type ExecuteContext } from '@millrace/workflow/node-api';

/** Sorted at a time without a pause. */
const PART = 32_768;

/** What `toSorted` gives, in turns when the list is long: parts are sorted, then merged two by two. */
export async function sortInTurns<T extends object>(
  context: Pick<ExecuteContext, 'now' | 'sleep'>,
  list: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<readonly T[]> {
  if (list.length <= PART) return list.toSorted(compare);
  let parts: (readonly T[])[] = [];
  const sortPart = (at: number) => {
    const start = at * PART;
    parts.push(list.slice(start, start + PART).toSorted(compare));
  };
  await inTurns(context, Math.ceil(list.length / PART), sortPart, { stride: 1 });
  while (parts.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < parts.length; at += 2)
      merged.push(await merge(context, parts[at] ?? [], parts[at + 1] ?? [], compare));
    parts = merged;
  }
  return parts[0] ?? [];
}

/** Of two equals the one of the left part comes first, so the order stays stable. */
async function merge<T extends object>(
  context: Pick<ExecuteContext, 'now' | 'sleep'>,
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<readonly T[]> {
  const merged: T[] = [];
  let [l, r] = [0, 0];
  await inTurns(context, left.length + right.length, () => {
    const [a, b] = [left[l], right[r]];
    const isLeft = r >= right.length || (l < left.length && isInOrder(a, b, compare));
    const next = isLeft ? a : b;
    if (isLeft) l += 1;
    else r += 1;
    if (next !== undefined) merged.push(next);
  });
  return merged;
}

const isInOrder = <T>(a: T | undefined, b: T | undefined, compare: (a: T, b: T) => number) =>
  a !== undefined && b !== undefined && compare(a, b) <= 0;
