import { createHash } from 'node:crypto';
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

  async function store(hash: string, bytes: Uint8Array): Promise<void> {
    const path = place(hash);
    if (await exists(path)) return;
    await mkdir(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${newId()}.part`;
    try {
      await using file = await open(temporary, 'wx', 0o600);
      await file.writeFile(bytes);
      await file.sync();
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    async put(bytes, { mimeType = 'application/octet-stream', fileName }): Promise<BinaryData> {
      const hash = createHash('sha256').update(bytes).digest('hex');
      await store(hash, bytes);
      const extension = fileName === undefined ? undefined : /\.([^./\\]+)$/.exec(fileName)?.[1];
      const fileType = fileTypeOf(mimeType);
      return {
        id: `sha256:${hash}`,
        data: 'filesystem',
        mimeType,
        ...(fileType && { fileType }),
        ...(fileName !== undefined && { fileName }),
        ...(extension !== undefined && { fileExtension: extension }),
        fileSize: prettySize(bytes.length),
        bytes: bytes.length,
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
