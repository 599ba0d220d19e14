import type { Item } from '@millrace/workflow/items';

const LOOKED_AT = 200;
const MOST = 40;

/** Names of the columns of a table, in the order they first appear. Later items may hold more: JSON shows them. */
export function columnsOf(items: readonly Pick<Item, 'json'>[]): readonly string[] {
  const names = new Set<string>();
  for (const { json } of items.slice(0, LOOKED_AT)) {
    for (const key of Object.keys(json)) names.add(key);
  }
  return [...names].slice(0, MOST);
}

/** A value on one line. */
export function cellText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Items that hold the text anywhere, with their positions in the whole. */
export function matching<I extends Pick<Item, 'json'>>(
  items: readonly I[],
  query: string,
): readonly { readonly item: I; readonly index: number }[] {
  const wanted = query.trim().toLowerCase();
  const all = items.map((item, index) => ({ item, index }));
  if (!wanted) return all;
  return all.filter(({ item }) => JSON.stringify(item.json).toLowerCase().includes(wanted));
}
