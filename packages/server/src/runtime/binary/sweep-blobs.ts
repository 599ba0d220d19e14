import type { Database } from '../../db/index.ts';
import { anyOf, sqlFor } from '../sql.ts';
import type { BlobStore, StoredBlob } from './blob-store.ts';

/** A file may wait this long for the first execution that refers to it. */
const GRACE_MS = 24 * 60 * 60_000;
const BATCH = 200;

/** Deletes files no execution refers to any more. Gives their number and size. */
export async function sweepBlobs(
  db: Database,
  blobs: BlobStore,
  now: number,
): Promise<{ readonly deleted: number; readonly bytes: number }> {
  const limit = now - GRACE_MS;
  const swept = { deleted: 0, bytes: 0 };
  const old: StoredBlob[] = [];

  async function removeUnused(): Promise<void> {
    const batch = old.splice(0);
    const used = await usedOf(
      db,
      batch.map(({ hash }) => hash),
    );
    for (const { hash, size } of batch) {
      if (used.has(hash) || !(await blobs.remove(hash, limit))) continue;
      swept.deleted += 1;
      swept.bytes += size;
    }
  }

  for await (const blob of blobs.list()) {
    if (blob.writtenAt > limit) continue;
    old.push(blob);
    if (old.length >= BATCH) await removeUnused();
  }
  if (old.length) await removeUnused();
  return swept;
}

async function usedOf(db: Database, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const { text, params } = sqlFor(db)`SELECT DISTINCT "hash" FROM "execution_file"
    WHERE "hash" ${anyOf(hashes)}`;
  const rows: readonly { hash: string }[] = await db.source.query(text, [...params]);
  return new Set(rows.map(({ hash }) => hash));
}
