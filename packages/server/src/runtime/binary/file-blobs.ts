import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from './blob-store.ts';
import { writePart } from './write-part.ts';

const HASH = /^[0-9a-f]{64}$/;
/** A part older than this has no writer any more. */
const PART_AGE_MS = 24 * 60 * 60_000;

/**
 * Files by their hash below `folder`, in 256 sub-folders. A file is written beside its place and
 * moved there when whole, so that half a file is never taken for one.
 */
export function createFileBlobs(folder: string, now: () => number = Date.now): BlobStore {
  const place = (hash: string) => join(folder, hash.slice(0, 2), hash);

  return {
    async write(source) {
      const { path, hash, size } = await writePart(folder, source);
      try {
        await mkdir(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 });
        await rename(path, place(hash));
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      return { hash, size };
    },

    async open(hash) {
      const file = await unlessMissing(open(place(hash)));
      return file?.createReadStream();
    },

    async *list() {
      for (const entry of (await unlessMissing(readdir(folder))) ?? []) {
        if (entry.endsWith('.part')) await removeOldPart(join(folder, entry), now());
        if (!/^[0-9a-f]{2}$/.test(entry)) continue;
        for (const hash of await readdir(join(folder, entry))) {
          const found = HASH.test(hash) ? await unlessMissing(stat(place(hash))) : undefined;
          if (found) yield { hash, size: found.size, writtenAt: found.mtimeMs };
        }
      }
    },

    /** Moved aside first: a writer of the same bytes meanwhile makes a new file and loses nothing. */
    async remove(hash, unlessSince) {
      const aside = `${place(hash)}.old`;
      if ((await unlessMissing(rename(place(hash), aside).then(() => true))) !== true) return false;
      const { mtimeMs } = await stat(aside);
      if (mtimeMs > unlessSince) {
        await rename(aside, place(hash));
        return false;
      }
      await rm(aside);
      return true;
    },
  };
}

async function removeOldPart(path: string, now: number): Promise<void> {
  const found = await unlessMissing(stat(path));
  if (found && found.mtimeMs < now - PART_AGE_MS) await rm(path, { force: true });
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
