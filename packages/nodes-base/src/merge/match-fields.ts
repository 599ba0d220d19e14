import type { Batch, Item } from '@millrace/workflow/items';
import { isEqual, isLooselyEqual } from '../fields/equality.ts';
import { getField, type FieldStyle } from '../fields/field-path.ts';

/** A field of input 1 that has to equal a field of input 2. */
export interface FieldPair {
  readonly field1: string;
  readonly field2: string;
}

export interface MatchOptions {
  readonly pairs: readonly FieldPair[];
  readonly style: FieldStyle;
  readonly isFuzzy: boolean;
  readonly isFirstOnly: boolean;
}

export interface Matches {
  readonly matched: readonly { readonly entry: Item; readonly matches: Batch }[];
  /** Items of input 2 that met one of input 1, each once, in the order they were first met. */
  readonly matched2: Batch;
  readonly unmatched1: Batch;
  readonly unmatched2: Batch;
}

/** Finds for each item of input 1 the items of input 2 with equal fields. An item without the field matches nothing. */
export function matchFields(input1: Batch, input2: Batch, options: MatchOptions): Matches {
  const found = finder(input2, options);
  const met = new Set<Item>();
  const matched: { entry: Item; matches: Batch }[] = [];
  const unmatched1: Item[] = [];
  for (const entry of input1) {
    const keys = options.pairs.map(({ field1 }) => getField(entry.json, field1, options.style));
    const all = keys.includes(undefined) ? [] : found(keys);
    const matches = options.isFirstOnly ? all.slice(0, 1) : all;
    for (const match of matches) met.add(match);
    if (matches.length) matched.push({ entry, matches });
    else unmatched1.push(entry);
  }
  return {
    matched,
    matched2: input2.filter((item) => met.has(item)),
    unmatched1,
    unmatched2: input2.filter((item) => !met.has(item)),
  };
}

/** Exact matches are found by a key, so that large inputs stay linear; fuzzy ones by comparing. */
function finder(
  input2: Batch,
  { pairs, style, isFuzzy }: MatchOptions,
): (keys: readonly unknown[]) => Batch {
  const rows = input2.map((item) => ({
    item,
    keys: pairs.map(({ field2 }) => getField(item.json, field2, style)),
  }));
  const usable = rows.filter(({ keys }) => !keys.includes(undefined));
  if (isFuzzy) {
    return (keys) =>
      usable
        .filter((row) => row.keys.every((key, at) => isLooselyEqual(keys[at], key)))
        .map((row) => row.item);
  }
  const buckets = Map.groupBy(usable, ({ keys }) => bucketOf(keys));
  return (keys) =>
    (buckets.get(bucketOf(keys)) ?? [])
      .filter((row) => isEqual(keys, row.keys))
      .map((row) => row.item);
}

/** Equal keys share a bucket; objects are told apart afterwards. */
const bucketOf = (keys: readonly unknown[]): string =>
  keys
    .map((key) =>
      typeof key === 'object' && key !== null ? 'object' : `${typeof key}:${String(key)}`,
    )
    .join('\u0000');
