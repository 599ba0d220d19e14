import { buffer } from 'node:stream/consumers';
import { NotFoundError } from '@millrace/workflow/errors';
import type { BinaryData } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';
import type { BlobStore } from './blob-store.ts';

/** The files of items, which hold references only. */
export type BinaryStore = BinaryPort;

const ID = /^sha256:([0-9a-f]{64})$/;

/** @param kind - What `data` of an item's file says: where its bytes are. */
export function createBinaryStore(blobs: BlobStore, kind: 'filesystem' | 's3'): BinaryStore {
  async function stream({ id, data }: BinaryData): Promise<AsyncIterable<Uint8Array>> {
    if (id === undefined) return oneOf(Buffer.from(data, 'base64'));
    const hash = ID.exec(id)?.[1];
    const found = hash === undefined ? undefined : await blobs.open(hash);
    if (!found) throw new NotFoundError('file', id);
    return found;
  }

  return {
    stream,
    async get(data) {
      return buffer(await stream(data));
    },
    async put(bytes, { mimeType = 'application/octet-stream', fileName }): Promise<BinaryData> {
      const { hash, size } = await blobs.write(bytes instanceof Uint8Array ? [bytes] : bytes);
      const extension = fileName === undefined ? undefined : /\.([^./\\]+)$/.exec(fileName)?.[1];
      const fileType = fileTypeOf(mimeType);
      return {
        id: `sha256:${hash}`,
        data: kind,
        mimeType,
        ...(fileType && { fileType }),
        ...(fileName !== undefined && { fileName }),
        ...(extension !== undefined && { fileExtension: extension }),
        fileSize: prettySize(size),
        bytes: size,
      };
    },
  };
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

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
