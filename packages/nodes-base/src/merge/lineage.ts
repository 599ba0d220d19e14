import type { Batch, Item, ItemOrigin, PairedItem } from '@millrace/workflow/items';

/** Items that know where they entered the node. */
export const paired = (items: Batch, input: number): Item[] =>
  items.map((item, index) => ({
    ...item,
    pairedItem: input ? { item: index, input } : { item: index },
  }));

/** All origins of some items, in order. */
export const lineage = (items: readonly Item[]): ItemOrigin[] =>
  items.flatMap((item) => origins(item.pairedItem));

function origins(pairing: PairedItem | undefined): ItemOrigin[] {
  if (pairing === undefined) return [];
  if (typeof pairing === 'number') return [{ item: pairing }];
  return 'item' in pairing
    ? [pairing]
    : pairing.map((each) => (typeof each === 'number' ? { item: each } : each));
}
