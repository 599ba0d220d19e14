import type { Tables } from '@millrace/workflow/node-api';
import { goneLooks } from '../tables/link-checks.ts';

const DAY_MS = 86_400_000;

/** Remembers pages that were gone: they count as gone when two looks a day apart agree. */
export interface GoneMemory {
  /** Since when the page is gone for sure, or null while it may come back. */
  saw(url: string, reason: string): Promise<number | null>;
  /** The page is there: what was seen before does not count any more. */
  sawAlive(url: string): Promise<void>;
}

export function openGoneMemory(tables: Tables, now: number): GoneMemory {
  const store = tables.open(goneLooks);
  return {
    async saw(url, reason) {
      await store.insertMany([{ url, since: now, lastAt: now, reason }], { onConflict: 'skip' });
      await store.update({ url }, { lastAt: now, reason });
      const row = await store.findOne({ url });
      return row && row.since <= now - DAY_MS ? row.since : null;
    },
    async sawAlive(url) {
      await store.remove({ url });
    },
  };
}
