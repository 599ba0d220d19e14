import { Readable } from 'node:stream';
import type { BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/** A store of files inline, as base64, so that a test can see what is in them. */
export const fakeFiles: ExecuteContext['binary'] = {
  async put(given, { fileName, mimeType = 'application/octet-stream' }) {
    const pieces: Uint8Array[] = [];
    for await (const piece of given instanceof Uint8Array ? [given] : given) pieces.push(piece);
    return {
      data: Buffer.concat(pieces).toString('base64'),
      mimeType,
      ...(fileName !== undefined && { fileName }),
    };
  },
  get: async ({ data }) => Buffer.from(data, 'base64'),
  stream: async ({ data }) => Readable.from([Buffer.from(data, 'base64')]),
};

/** An item with one file in field `data`. */
export const itemWithFile = (
  content: string | Uint8Array,
  about: Partial<BinaryData> = {},
  json: JsonObject = {},
): Item => ({
  json,
  binary: {
    data: { mimeType: 'text/plain', ...about, data: Buffer.from(content).toString('base64') },
  },
});

/** The text of a file of an item. */
export const textIn = (item: Item | undefined, field = 'data'): string =>
  Buffer.from(item?.binary?.[field]?.data ?? '', 'base64').toString('utf8');
