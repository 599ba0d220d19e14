import type { Tables } from '@millrace/workflow/node-api';
import { importParts } from '../tables/imports.ts';

/** Base64 of 768 kB; whole groups of four characters, so that each part stands for bytes by itself. */
const PART_CHARACTERS = 1024 * 1024;
const KEPT_MS = 7 * 86_400_000;

/** Stores a file for the import job. Files nobody read for a week are thrown away. */
export async function storeParts(
  tables: Tables,
  importId: string,
  base64: string,
  now: number,
): Promise<void> {
  const store = tables.open(importParts);
  await store.remove({ createdAt: { lt: now - KEPT_MS } });
  for (let part = 0; part * PART_CHARACTERS < base64.length; part += 1) {
    const start = part * PART_CHARACTERS;
    await store.insert({ importId, part, base64: base64.slice(start, start + PART_CHARACTERS) });
  }
}

/** The bytes of a stored file, a part at a time. */
export async function* readParts(tables: Tables, importId: string): AsyncGenerator<Uint8Array> {
  const store = tables.open(importParts);
  for (let part = 0; ; part += 1) {
    const row = await store.findOne({ importId, part });
    if (!row) return;
    yield Buffer.from(row.base64, 'base64');
  }
}

export async function removeParts(tables: Tables, importId: string): Promise<void> {
  await tables.open(importParts).remove({ importId });
}
