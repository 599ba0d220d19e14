import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NotFoundError } from '@millrace/workflow/errors';
import type { BinaryData } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';

/** A binary store for one command: bytes by their SHA-256, gone with the process. */
export function createMemoryBinary(): BinaryPort {
  const blobs = new Map<string, Uint8Array>();

  async function get({ id, data }: BinaryData): Promise<Uint8Array> {
    if (id === undefined) return Buffer.from(data, 'base64');
    const bytes = blobs.get(id);
    if (!bytes) throw new NotFoundError('file', id);
    return bytes;
  }

  return {
    get,
    stream: async (file) => Readable.from([await get(file)]),
    async put(given, { mimeType, fileName }): Promise<BinaryData> {
      const bytes = given instanceof Uint8Array ? given : await buffer(given);
      const id = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      blobs.set(id, bytes);
      const extension = fileName?.includes('.') ? fileName.split('.').at(-1) : undefined;
      return {
        id,
        data: 'memory',
        mimeType: mimeType ?? 'application/octet-stream',
        ...(fileName !== undefined && { fileName }),
        ...(extension !== undefined && { fileExtension: extension }),
        bytes: bytes.length,
      };
    },
  };
}
