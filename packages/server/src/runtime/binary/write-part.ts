import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../db/index.ts';
import type { ByteSource } from './blob-store.ts';

/** A file that is whole and on the disk, but not at its place yet. */
export interface Part {
  readonly path: string;
  readonly hash: string;
  readonly size: number;
}

/** The name of a blob is known at its end only: it is written to a file of its own first. */
export async function writePart(folder: string, source: ByteSource): Promise<Part> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${newId()}.part`);
  const digest = createHash('sha256');
  let size = 0;
  try {
    await using file = await open(path, 'wx', 0o600);
    for await (const bytes of source) {
      digest.update(bytes);
      size += bytes.length;
      await file.writeFile(bytes);
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, hash: digest.digest('hex'), size };
}
