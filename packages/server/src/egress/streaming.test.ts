import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest } from '@millrace/workflow/ports';
import { createEgress } from './egress.ts';

const MB = 1024 * 1024;
const limits = { timeoutMs: 20_000, maxResponseBytes: 50 * MB, maxRedirects: 5 };
const client = createEgress({ allow: ['127.0.0.1'], limits });
const bench: { server?: Server; origin: string } = { origin: '' };
const received: { headers: object; bytes: number }[] = [];

function* pieces(count: number): Generator<Uint8Array> {
  for (let piece = 0; piece < count; piece++) yield Buffer.alloc(64 * 1024, piece);
}

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    let bytes = 0;
    for await (const piece of request) bytes += piece.length;
    received.push({ headers: request.headers, bytes });
    if (pathname === '/again') return response.writeHead(307, { location: '/end' }).end('moved');
    if (pathname === '/end') return response.end('ok');
    if (pathname === '/cut') {
      response.writeHead(200, { 'content-length': String(2 * MB) });
      return response.write(Buffer.alloc(MB), () => response.destroy());
    }
    const isPacked = pathname === '/packed';
    response.writeHead(200, {
      'content-type': 'video/mp4',
      ...(isPacked && { 'content-encoding': 'gzip' }),
    });
    const body = Readable.from(pieces(pathname === '/huge' ? 1000 : 320));
    // Whoever has read enough hangs up.
    if (isPacked) pipeline(body, createGzip(), response, () => undefined);
    else pipeline(body, response, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  bench.origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  bench.server = server;
});
afterAll(async () => {
  await client.close();
  bench.server?.closeAllConnections();
  bench.server?.close();
});

/** Takes the body; gives how much came, and the largest piece of it. */
async function download(path: string, more: Partial<HttpRequest> = {}) {
  const seen = { bytes: 0, largest: 0 };
  const response = await client.request({
    method: 'GET',
    url: bench.origin + path,
    take: () => async (body) => {
      for await (const { length } of body) {
        seen.bytes += length;
        seen.largest = Math.max(seen.largest, length);
      }
    },
    ...more,
  });
  return { ...seen, whole: response.body.length };
}

test.each(['/plain', '/packed'])('a body that is taken passes in pieces: %s', async (path) => {
  const { bytes, largest, whole } = await download(path);
  expect(bytes).toBe(20 * MB);
  expect(largest).toBeLessThanOrEqual(MB);
  expect(whole).toBe(0);
});

test('who does not want to take it has it whole', async () => {
  expect(await download('/end', { take: () => undefined })).toEqual({
    bytes: 0,
    largest: 0,
    whole: 2,
  });
});

test('the limit holds for what is taken', async () => {
  await expect(download('/huge')).rejects.toThrow(/larger than 52428800 bytes/);
});

test('a connection that is cut fails as the service’s fault', async () => {
  await expect(download('/cut')).rejects.toMatchObject({ code: 'NODE_SERVICE_FAILED' });
});

test('an error of who takes it stays their own', async () => {
  const full = new Error('The disk is full');
  const take = () => async () => {
    throw full;
  };
  await expect(download('/plain', { take })).rejects.toBe(full);
});

test('a body is sent in pieces with its size, again after a redirect that keeps it', async () => {
  received.length = 0;
  const opened: number[] = [];
  await client.request({
    method: 'POST',
    url: `${bench.origin}/again`,
    body: {
      sizeBytes: 160 * 64 * 1024,
      async *pieces() {
        opened.push(1);
        yield* pieces(160);
      },
    },
  });
  expect(opened).toHaveLength(2);
  expect(received.map(({ bytes }) => bytes)).toEqual([10 * MB, 10 * MB]);
  expect(received[0]?.headers).toMatchObject({ 'content-length': String(10 * MB) });
});
