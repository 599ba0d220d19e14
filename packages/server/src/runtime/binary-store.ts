import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '@millrace/workflow/errors';
import type { BinaryData } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';
import { newId } from '../db/index.ts';

const ID = /^sha256:([0-9a-f]{64})$/;

/**
 * Files by their SHA-256 below `folder`, in 256 sub-folders. A file is written beside its place and
 * moved there when whole, so that half a file is never taken for one.
 */
export function createBinaryStore(folder: string): BinaryPort {
  const place = (hash: string) => join(folder, hash.slice(0, 2), hash);

  /** The name of a file is known at its end only: it is written elsewhere first. */
  async function store(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${newId()}.part`);
    const digest = createHash('sha256');
    try {
      const size = await write(temporary, source, digest);
      const hash = digest.digest('hex');
      if (await exists(place(hash))) {
        await rm(temporary);
      } else {
        await mkdir(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 });
        await rename(temporary, place(hash));
      }
      return { hash, size };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    async put(bytes, { mimeType = 'application/octet-stream', fileName }): Promise<BinaryData> {
      const { hash, size } = await store(bytes instanceof Uint8Array ? [bytes] : bytes);
      const extension = fileName === undefined ? undefined : /\.([^./\\]+)$/.exec(fileName)?.[1];
      const fileType = fileTypeOf(mimeType);
      return {
        id: `sha256:${hash}`,
        data: 'filesystem',
        mimeType,
        ...(fileType && { fileType }),
        ...(fileName !== undefined && { fileName }),
        ...(extension !== undefined && { fileExtension: extension }),
        fileSize: prettySize(size),
        bytes: size,
      };
    },

    async get({ id, data }) {
      if (id === undefined) return Buffer.from(data, 'base64');
      const hash = ID.exec(id)?.[1];
      if (hash === undefined) throw new NotFoundError('file', id);
      try {
        return await readFile(place(hash));
      } catch (error) {
        if (isMissing(error)) throw new NotFoundError('file', id);
        throw error;
      }
    },
  };
}

async function write(
  path: string,
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  digest: Hash,
): Promise<number> {
  let size = 0;
  await using file = await open(path, 'wx', 0o600);
  for await (const chunk of source) {
    digest.update(chunk);
    size += chunk.length;
    await file.writeFile(chunk);
  }
  await file.sync();
  return size;
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function fileTypeOf(mimeType: string): string | undefined {
  const [kind, subtype = ''] = mimeType.split(';', 1)[0]?.split('/') ?? [];
  if (kind === 'image' || kind === 'audio' || kind === 'video' || kind === 'text') return kind;
  return ['json', 'pdf', 'html'].find((each) => subtype === each);
}

function prettySize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
