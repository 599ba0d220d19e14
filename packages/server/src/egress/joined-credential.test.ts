import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { CredentialType } from '@millrace/workflow/node-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCredentialTypes, createEgress, sendSigned, type Egress } from './index.ts';

const received: { request: IncomingMessage; body: string }[] = [];
let server: Server;
let egress: Egress;
let port = 0;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ request, body: Buffer.concat(chunks).toString() });
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/redirect')
      return response.writeHead(307, { location: searchParams.get('to') ?? '' }).end();
    if (pathname === '/challenge' && request.headers.authorization === undefined)
      return response.writeHead(401, { 'www-authenticate': 'Signed nonce="n"' }).end();
    return response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  egress = createEgress({
    allow: ['127.0.0.1', 'localhost'],
    map: new Map([
      ['api.service.test', `http://127.0.0.1:${port}`],
      ['evil.test', `http://127.0.0.1:${port}`],
    ]),
    limits: { timeoutMs: 5_000, maxResponseBytes: 10_000, maxRedirects: 5 },
  });
});
beforeEach(() => void received.splice(0));
afterAll(async () => {
  await egress.close();
  server.closeAllConnections();
  server.close();
});

const property = (name: string, value = '') => ({
  name,
  displayName: name,
  type: 'string',
  default: value,
});

const parent: CredentialType = {
  name: 'parentApi',
  displayName: 'Parent',
  properties: [property('key'), property('server', 'https://api.service.test')],
  authenticate: {
    type: 'generic',
    properties: {
      auth: { username: 'me', password: '={{ $credentials.key }}' },
      headers: { '=X-{{ $credentials.key.toUpperCase() }}': '={{ $credentials.key }}' },
      qs: { key: '={{ $credentials.key }}' },
      body: { key: '={{ $credentials.key }}' },
    },
  },
};
const child: CredentialType = {
  name: 'childApi',
  displayName: 'Child',
  extends: ['parentApi'],
  properties: [property('base', '={{ $self.server }}/v2')],
  hosts: ['api.service.test'],
};
const challenged: CredentialType = {
  name: 'challengedApi',
  displayName: 'Challenged',
  properties: [],
  authenticate: (data, request, challenge) =>
    challenge
      ? { ...request, headers: { ...request.headers, authorization: `Signed ${data['key']}` } }
      : request,
};
const types = createCredentialTypes([parent, child, challenged]);

const send = (
  url: string,
  { type = 'childApi', hosts = [] as readonly string[], method = 'GET', body = '' } = {},
) =>
  sendSigned(
    { name: 'Mine', type, hosts, data: { key: 's3c' } },
    {
      method,
      url,
      ...(body && { body, headers: { 'content-type': 'application/json', AUTHORIZATION: 'x' } }),
    },
    { egress, types },
  );

test('a type joins what the type it extends declares, over whatever was there', async () => {
  await send('https://api.service.test/a?q=1#top', { method: 'POST', body: '{"a":1}' });
  expect(received[0]?.request.url).toBe('/a?q=1&key=s3c');
  expect(received[0]?.request.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('me:s3c').toString('base64')}`,
    'x-s3c': 's3c',
  });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({ a: 1, key: 's3c' });
});

test('fields left empty take their default, which may look at the other fields', () => {
  expect(types.complete('childApi', { key: 'k', base: '' })).toEqual({
    key: 'k',
    server: 'https://api.service.test',
    base: 'https://api.service.test/v2',
  });
});

test.each([
  ['the hosts of its type', {}, 'https://evil.test/'],
  ['the hosts the user chose', { hosts: ['localhost'] }, 'https://api.service.test/'],
  ['names below a wildcard', { hosts: ['*.service.test'] }, 'https://service.test.evil.test/'],
])('a credential goes only to %s', async (_, options, url) => {
  await expect(send(url, options)).rejects.toMatchObject({
    code: 'CRED_HOST_REFUSED',
    message: expect.stringContaining('"Mine" is not sent to'),
    fix: expect.stringContaining(new URL(url).hostname),
  });
  expect(received).toEqual([]);
});

test('a wildcard and a port are hosts too', async () => {
  await send('https://api.service.test/', { hosts: ['*.service.test'] });
  await send(`http://127.0.0.1:${port}/`, { hosts: [`127.0.0.1:${port}`] });
  expect(received).toHaveLength(2);
});

test('a redirect to another origin carries nothing of it', async () => {
  await send(`https://api.service.test/redirect?to=${encodeURIComponent('https://evil.test/b')}`);
  const [, second] = received;
  expect(second?.request.url).toBe('/b');
  expect(JSON.stringify([second?.request.headers, second?.request.url])).not.toContain('s3c');
});

test('a challenge is answered once', async () => {
  const response = await send('https://api.service.test/challenge', { type: 'challengedApi' });
  expect(response.status).toBe(200);
  expect(received.map(({ request }) => request.headers.authorization)).toEqual([
    undefined,
    'Signed s3c',
  ]);
});

test('a socket is sent to a checked address, or to the stand-in', async () => {
  expect(await egress.locate('127.0.0.1', 25)).toEqual({
    address: '127.0.0.1',
    port: 25,
    isStandIn: false,
  });
  expect(await egress.locate('evil.test', 25)).toMatchObject({ port, isStandIn: true });
  await expect(egress.locate('10.0.0.1', 25)).rejects.toMatchObject({
    details: { reason: 'ERR_ADDRESS_REFUSED' },
  });
});
