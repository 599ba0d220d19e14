import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HttpRequest } from '@millrace/workflow/ports';
import { runNode } from '../testing/fake-context.ts';

const PIECE = 64 * 1024;
const PIECES = 3200;
const SIZE = PIECE * PIECES;

/** 200 MB, of which one piece exists at a time. */
async function* large(): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(PIECE, 7);
  for (let count = 0; count < PIECES; count++) yield piece;
}

const item: Item = {
  json: {},
  binary: { data: { id: 'large', data: 'filesystem', mimeType: 'video/mp4', bytes: SIZE } },
};

/** What passed, and the largest part of it that was in memory at once. */
interface Passed {
  bytes: number;
  largest: number;
}

async function watch(pieces: AsyncIterable<Uint8Array>, passed: Passed): Promise<void> {
  for await (const { length } of pieces) {
    passed.bytes += length;
    passed.largest = Math.max(passed.largest, length);
  }
}

/** Runs a node over the large file, in a store that never gives a file whole. */
async function run(type: string, parameters: JsonObject, context: Partial<ExecuteContext> = {}) {
  const stored: Passed = { bytes: 0, largest: 0 };
  const result = await runNode({
    type,
    parameters,
    inputs: [[item]],
    context: {
      signal: new AbortController().signal,
      binary: {
        get: async () => expect.unreachable('the whole file was asked for'),
        stream: async () => large(),
        async put(bytes, { mimeType = '', fileName }) {
          if (bytes instanceof Uint8Array) expect.unreachable('the whole file was stored at once');
          await watch(bytes, stored);
          return { id: 'new', data: 'filesystem', mimeType, ...(fileName && { fileName }) };
        },
      },
      ...context,
    },
  });
  return { result, stored };
}

test('HTTP Request sends a file while it reads it, alone and as part of a form', async () => {
  const ways: JsonObject[] = [
    { contentType: 'binaryData', inputDataFieldName: 'data' },
    {
      contentType: 'multipart-form-data',
      bodyParameters: {
        parameters: [
          { parameterType: 'formData', name: 'title', value: 'A film' },
          { parameterType: 'formBinaryData', name: 'film', inputDataFieldName: 'data' },
        ],
      },
    },
  ];
  for (const way of ways) {
    const sent: Passed = { bytes: 0, largest: 0 };
    const announced: unknown[] = [];
    const request = async ({ body, url }: HttpRequest) => {
      if (typeof body !== 'object' || !('pieces' in body)) return expect.unreachable('sent whole');
      announced.push(body.sizeBytes);
      await watch(body.pieces(), sent);
      return { status: 200, statusText: 'OK', headers: {}, body: Buffer.from('{}'), url };
    };
    const url = 'https://example.com/upload';
    await run(
      'httpRequest',
      { method: 'POST', url, sendBody: true, ...way },
      { http: { request } },
    );
    expect(sent.bytes).toBeGreaterThanOrEqual(SIZE);
    expect(sent.largest).toBe(PIECE);
    expect(announced).toEqual([sent.bytes]);
  }
});

test('HTTP Request stores a file while it arrives', async () => {
  const request = async ({ url, take }: HttpRequest) => {
    const head = { status: 200, statusText: 'OK', headers: { 'content-type': 'video/mp4' }, url };
    await take?.(head)?.(large());
    return { ...head, body: Buffer.alloc(0) };
  };
  const { stored, result } = await run(
    'httpRequest',
    { url: 'https://example.com/film.mp4' },
    { http: { request } },
  );
  expect(stored).toEqual({ bytes: SIZE, largest: PIECE });
  expect(result).toMatchObject([[{ binary: { data: { id: 'new', fileName: 'film.mp4' } } }]]);
});

test('Read/Write Files writes while it reads, and the other way round', async () => {
  const written: Passed = { bytes: 0, largest: 0 };
  const files: NonNullable<ExecuteContext['files']> = {
    find: async () => [],
    open: async () => ({ bytes: large(), sizeBytes: SIZE }),
    async write(_path, bytes) {
      if (bytes instanceof Uint8Array) expect.unreachable('written whole');
      else await watch(bytes, written);
    },
  };
  await run('readWriteFile', { operation: 'write', fileName: 'film.mp4' }, { files });
  expect(written).toEqual({ bytes: SIZE, largest: PIECE });
  const { stored } = await run('readWriteFile', { fileSelector: 'film.mp4' }, { files });
  expect(stored).toEqual({ bytes: SIZE, largest: PIECE });
});

test('Crypto hashes while it reads', async () => {
  const { result } = await run('crypto', {
    action: 'hash',
    type: 'SHA256',
    binaryData: true,
    binaryPropertyName: 'data',
  });
  const hash = createHash('sha256');
  for await (const piece of large()) hash.update(piece);
  expect(result).toMatchObject([[{ json: { data: hash.digest('hex') } }]]);
});
