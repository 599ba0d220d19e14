import type { PinnedItem } from '../graph/index.ts';
import type { BinaryData, Item } from '../items/index.ts';
import type { BinaryPort } from '../ports/index.ts';

/** Pinned items as a node's output. Files that were pinned inline, as n8n exports them, go into the store. */
export function pinnedItems(
  pinned: readonly PinnedItem[],
  store: BinaryPort,
): readonly Item[] | Promise<readonly Item[]> {
  if (!pinned.some(({ binary }) => binary)) return pinned.map(({ json }) => ({ json }));
  return Promise.all(
    pinned.map(async ({ json, binary }): Promise<Item> => {
      if (!binary) return { json };
      const files = await Promise.all(
        Object.entries(binary).map(
          async ([key, file]) => [key, await stored(file, store)] as const,
        ),
      );
      return { json, binary: Object.fromEntries(files) };
    }),
  );
}

async function stored(file: BinaryData, store: BinaryPort): Promise<BinaryData> {
  if (file.id !== undefined) return file;
  const bytes = Uint8Array.from(atob(file.data), (char) => char.charCodeAt(0));
  const { data: _inline, ...about } = file;
  return { ...(await store.put(bytes, file)), ...about };
}
