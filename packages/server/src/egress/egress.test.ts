import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createEgress, type Egress, type Lookup } from './egress.ts';

const limits = { timeoutMs: 5_000, maxResponseBytes: 10_000, maxRedirects: 5 };
const open: Egress[] = [];
const received: IncomingMessage[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  server.closeAllConnections();
  server.close();
});

function answer(request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  if (pathname === '/hang') return;
  if (pathname === '/redirect')
    return response.writeHead(302, { location: searchParams.get('to') ?? '' }).end();
  if (pathname === '/big') return response.end('x'.repeat(50_000));
  if (pathname === '/bomb')
    return response
      .writeHead(200, { 'content-encoding': 'gzip' })
      .end(gzipSync('x'.repeat(50_000)));
  if (pathname === '/cookies')
    return response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end('ok');
  return response.end(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
}

function egress(
  allow: readonly string[],
  more: { lookup?: Lookup; map?: ReadonlyMap<string, string> } = {},
): Egress {
  const made = createEgress({ allow, limits, ...more });
  open.push(made);
  return made;
}
const get = async (client: Egress, url: string, more: object = {}) => {
  const response = await client.request({ method: 'GET', url, ...more });
  return { ...response, text: new TextDecoder().decode(response.body) };
};
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test('refuses this machine by address and by name, without connecting', async () => {
  const before = received.length;
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433']) {
    expect(await failure(get(egress([]), `http://${host}:${port}/`))).toMatchObject({
      code: 'NODE_SERVICE_FAILED',
      details: { reason: 'ERR_ADDRESS_REFUSED' },
    });
  }
  expect(received).toHaveLength(before);
});

const mixedLookup: Lookup = async () => [
  { address: '93.184.216.34', family: 4 },
  { address: '127.0.0.1', family: 4 },
];
const localLookup: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];

test('refuses a name when any of its addresses is private', async () => {
  expect(
    await failure(get(egress([], { lookup: mixedLookup }), 'http://public.test/')),
  ).toMatchObject({
    details: { reason: 'ERR_ADDRESS_REFUSED', host: 'public.test' },
  });
});

test('checks again at each redirect', async () => {
  const client = egress(['good.test'], { lookup: localLookup });
  const url = `http://good.test:${port}/redirect?to=${encodeURIComponent(`http://evil.test:${port}/`)}`;
  expect(await failure(get(client, url))).toMatchObject({ details: { host: 'evil.test' } });
});

test('reaches what is allowed, with credentials only on the first origin', async () => {
  const client = egress(['127.0.0.1', 'localhost', '::1']);
  const headers = { Authorization: 'Bearer x' };
  expect((await get(client, `http://127.0.0.1:${port}/a`, { headers })).text).toBe(
    'GET /a Bearer x',
  );
  const away = `http://127.0.0.1:${port}/redirect?to=${encodeURIComponent(`http://localhost:${port}/b`)}`;
  expect(await get(client, away, { headers })).toMatchObject({
    text: 'GET /b -',
    url: `http://localhost:${port}/b`,
  });
});

test('sends a mapped host to its stand-in', async () => {
  const client = egress([], { map: new Map([['api.example.com', `http://127.0.0.1:${port}`]]) });
  expect(await get(client, 'https://api.example.com/v1?q=1')).toMatchObject({
    text: 'GET /v1?q=1 -',
    url: 'https://api.example.com/v1?q=1',
  });
});

test.each([
  ['a large body', '/big', 'ERR_RESPONSE_TOO_LARGE'],
  ['a packed body that grows', '/bomb', 'ERR_RESPONSE_TOO_LARGE'],
  ['a loop of redirects', '/redirect?to=/redirect', 'ERR_FR_TOO_MANY_REDIRECTS'],
])('refuses %s', async (_, path, reason) => {
  const to = path.replace('to=/redirect', `to=${encodeURIComponent('/redirect?to=/redirect')}`);
  const client = egress(['127.0.0.1']);
  const url = `http://127.0.0.1:${port}${to}`;
  const limitsOfCall = reason.includes('REDIRECT') ? { maxRedirects: 1 } : {};
  expect(await failure(get(client, url, limitsOfCall))).toMatchObject({ details: { reason } });
});

test('ends by its timeout and by a signal', async () => {
  const client = egress(['127.0.0.1']);
  const url = `http://127.0.0.1:${port}/hang`;
  expect(await failure(get(client, url, { timeoutMs: 50 }))).toMatchObject({
    message: 'timeout of 50ms exceeded',
    details: { reason: 'ECONNABORTED' },
  });
  const controller = new AbortController();
  const stopped = failure(get(client, url, { signal: controller.signal }));
  controller.abort();
  expect(await stopped).toMatchObject({ details: { reason: 'ERR_CANCELED' } });
});

test('keeps repeated headers as a list, and gives a redirect itself when none may be followed', async () => {
  const client = egress(['127.0.0.1']);
  expect((await get(client, `http://127.0.0.1:${port}/cookies`)).headers['set-cookie']).toEqual([
    'a=1',
    'b=2',
  ]);
  const answered = await get(client, `http://127.0.0.1:${port}/redirect?to=/a`, {
    maxRedirects: 0,
  });
  expect(answered).toMatchObject({ status: 302, headers: { location: '/a' } });
});
