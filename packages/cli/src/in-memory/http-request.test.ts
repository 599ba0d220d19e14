import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import type { Clock } from '@millrace/workflow/ports';
import { executeInMemory, type InMemoryCredential, type InMemoryHost } from './execute-workflow.ts';
import { openHost } from './host.ts';
import { selfSigned } from './testing/self-signed.ts';

/** The HTTP Request node with engine, credentials and egress, against a server of this machine. */
interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const MIB = 1024 * 1024;
const calls: Call[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  const call = { method, url, headers, body: Buffer.concat(chunks).toString() };
  calls.push(call);
  answer(call, response);
});
let host: InMemoryHost & { close(): Promise<void> };
let origin: string;
beforeAll(async () => {
  host = await openHost({ MILLRACE_EGRESS_ALLOW: '127.0.0.1, localhost' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is one of these
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await host.close();
  server.closeAllConnections();
  server.close();
});

function answer({ method, url, headers, body }: Call, response: ServerResponse): unknown {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const json = (value: unknown, status = 200, more = {}) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...more })
      .end(JSON.stringify(value));
  switch (pathname) {
    case '/redirect':
      return response
        .writeHead(Number(searchParams.get('status')), {
          location: searchParams.get('to') ?? '/echo',
        })
        .end();
    case '/busy':
      return calls.filter((call) => call.url === url).length > 1
        ? json({ ok: true })
        : json({ message: 'slow down' }, 429, {
            'retry-after': searchParams.get('after') ?? '7',
          });
    case '/page': {
      const page = Number(searchParams.get('page') ?? 1);
      const next = page < 3 ? `/page?page=${page + 1}` : undefined;
      return json({ page, next });
    }
    case '/big':
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      return response.end(Buffer.alloc(50 * MIB, 'x'));
    case '/endless':
      response.writeHead(200, { 'content-type': 'text/plain' });
      return pour(response);
    case '/hang':
      return undefined;
    case '/cut':
      response.writeHead(200, { 'content-length': '100' });
      return response.write('half', () => response.destroy());
    case '/digest':
      return headers.authorization
        ? json({ authorization: headers.authorization })
        : response
            .writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
            .end();
    case '/bad-json':
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
    default:
      return json({ method, url, body, headers }, 200);
  }
}

/** Bytes for as long as somebody takes them. */
function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(MIB, 'x');
  const more = () => {
    if (!response.destroyed) response.write(chunk, more);
  };
  more();
}

interface Sent {
  readonly credential?: Pick<InMemoryCredential, 'type' | 'data'>;
  readonly settings?: JsonObject;
  readonly items?: readonly JsonObject[];
  /** Text of a file each item carries as `data`. */
  readonly file?: string;
  readonly clock?: Clock;
}

/** Runs a start and one HTTP Request node; gives what it put out, or its error. */
async function send(path: string, parameters: JsonObject = {}, sent: Sent = {}) {
  const { credential, settings = {}, items = [{}], file, clock } = sent;
  const from = calls.length;
  const outcome = await executeInMemory(
    {
      workflow: {
        name: 'HTTP',
        nodes: [
          node('Start', 'manualTrigger', 1, {}),
          {
            ...node('HTTP', 'httpRequest', 4.5, { url: origin + path, ...parameters }),
            ...settings,
            ...(credential && { credentials: { [credential.type]: { id: 'c', name: 'C' } } }),
          },
        ],
        connections: { Start: { main: [[{ node: 'HTTP', type: 'main', index: 0 }]] } },
        settings: { executionOrder: 'v1' },
      },
      input: items.map((json) => ({ json, ...(file !== undefined && { binary: textFile(file) }) })),
      ...(clock && { clock }),
      ...(credential && { credentials: [{ id: 'c', name: 'C', ...credential }] }),
    },
    host,
  );
  const run = outcome.runs.findLast((each) => each.node === 'HTTP');
  const batch = run?.outputs[0] ?? [];
  return {
    items: batch,
    json: batch.map((item) => item.json),
    error: outcome.error,
    calls: calls.slice(from),
  };
}

const node = (name: string, type: string, typeVersion: number, parameters: JsonObject) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0] as const,
  parameters,
});
const rows = (...parameters: JsonObject[]) => ({ parameters });

test.each(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'PROPFIND', 'MKCOL'])(
  '%s reaches the server',
  async (method) => {
    const { error, ...sent } = await send('/echo', { method });
    expect(error).toBeUndefined();
    expect(sent.calls.map((call) => call.method)).toEqual([method]);
  },
);

test.each<[string, JsonObject, string, string]>([
  [
    'fields as JSON',
    { bodyParameters: rows({ name: 'a', value: 'ä' }) },
    'application/json',
    '{"a":"ä"}',
  ],
  ['JSON', { specifyBody: 'json', jsonBody: '={{ [1, null] }}' }, 'application/json', '[1,null]'],
  [
    'a form',
    {
      contentType: 'form-urlencoded',
      bodyParameters: rows({ name: 'a', value: 'x y&z' }),
    },
    'application/x-www-form-urlencoded',
    'a=x%20y%26z',
  ],
  ['raw text', { contentType: 'raw', rawContentType: 'text/csv', body: 'a;b' }, 'text/csv', 'a;b'],
])('sends %s', async (_, parameters, type, body) => {
  const { calls: sent } = await send('/echo', { method: 'POST', sendBody: true, ...parameters });
  expect(sent[0]).toMatchObject({ body, headers: { 'content-type': type } });
});

test('sends a form in parts', async () => {
  const { calls: sent } = await send('/echo', {
    method: 'POST',
    sendBody: true,
    contentType: 'multipart-form-data',
    bodyParameters: rows({ parameterType: 'formData', name: 'a', value: 'x' }),
  });
  expect(sent[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(sent[0]?.body).toMatch(/name="a"\r\n\r\nx\r\n/);
});

test('a file is a part of a form with its name and type, or the whole body', async () => {
  const asPart = await send(
    '/echo',
    {
      method: 'POST',
      sendBody: true,
      contentType: 'multipart-form-data',
      bodyParameters: rows({
        parameterType: 'formBinaryData',
        name: 'upload',
        inputDataFieldName: 'data',
      }),
    },
    { file: 'mill wheel' },
  );
  expect(asPart.calls[0]?.body).toMatch(/name="upload"; filename="note\.txt"/);
  expect(asPart.calls[0]?.body).toMatch(/content-type: text\/plain\r\n\r\nmill wheel\r\n/i);

  const whole = await send(
    '/echo',
    { method: 'PUT', sendBody: true, contentType: 'binaryData', inputDataFieldName: 'data' },
    { file: 'mill wheel' },
  );
  expect(whole.calls[0]).toMatchObject({ method: 'PUT', body: 'mill wheel' });
  expect(whole.calls[0]?.headers['content-type']).toBe('text/plain');
});

const textFile = (text: string) => ({
  data: {
    data: Buffer.from(text).toString('base64'),
    mimeType: 'text/plain',
    fileName: 'note.txt',
  },
});

const follow = (redirect: JsonObject) => ({ options: { redirect: { redirect } } });

test.each<[number, string, string]>([
  [301, 'GET', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'PUT', 'PUT'],
])('a %i of a %s is followed with %s', async (status, method, then) => {
  const body =
    method === 'GET' ? {} : { sendBody: true, bodyParameters: rows({ name: 'a', value: 1 }) };
  const path = `/redirect?status=${status}`;
  const { calls: sent } = await send(path, {
    method,
    ...body,
    ...follow({ followRedirects: true }),
  });
  expect(sent.map((call) => [call.method, call.body])).toEqual([
    [method, method === 'GET' ? '' : '{"a":1}'],
    [then, then === 'GET' ? '' : '{"a":1}'],
  ]);
});

test('redirects end: by the option, and when there are too many', async () => {
  const off = await send('/redirect?status=302', follow({ followRedirects: false }));
  expect([off.calls.length, off.error?.httpCode]).toEqual([1, '302']);
  const loop = '/redirect?status=302&to=%2Fredirect%3Fstatus%3D302';
  const path = `/redirect?status=302&to=${encodeURIComponent(loop)}`;
  const { error } = await send(path, follow({ followRedirects: true, maxRedirects: 1 }));
  expect(error).toMatchObject({ message: 'Maximum number of redirects exceeded' });
});

const paginate = (pagination: JsonObject) => ({ options: { pagination: { pagination } } });

test.each<[string, JsonObject]>([
  [
    'a parameter that counts up',
    {
      parameters: rows({ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }),
      paginationCompleteWhen: 'other',
      completeExpression: '={{ !$response.body.next }}',
    },
  ],
  [
    'the address in the response',
    { paginationMode: 'responseContainsNextURL', nextURL: '={{ $response.body.next }}' },
  ],
])('asks for all pages by %s', async (_, pagination) => {
  const { json } = await send('/page', paginate(pagination));
  expect(json).toMatchObject([{ page: 1 }, { page: 2 }, { page: 3 }]);
});

test('pages end at the limit asked for', async () => {
  const limited = { limitPagesFetched: true, maxRequests: 2, parameters: rows() };
  expect((await send('/page', paginate(limited))).calls).toHaveLength(2);
});

const generic = (genericAuthType: string) => ({
  authentication: 'genericCredentialType',
  genericAuthType,
});

test.each<[string, JsonObject, object]>([
  ['httpBasicAuth', { user: 'u', password: 'p:ä' }, { authorization: 'Basic dTpwOsOk' }],
  ['httpBearerAuth', { token: 't' }, { authorization: 'Bearer t' }],
  ['httpHeaderAuth', { name: 'X-Key', value: 'k' }, { 'x-key': 'k' }],
  ['httpCustomAuth', { json: '{"headers":{"X-A":"1"}}' }, { 'x-a': '1' }],
])('signs with %s', async (type, data, headers) => {
  const { calls: sent, error } = await send('/echo', generic(type), { credential: { type, data } });
  expect(error).toBeUndefined();
  for (const [name, value] of Object.entries(headers))
    expect(sent[0]?.headers[name]).toContain(value);
});

test('signs in the query, and by a challenge', async () => {
  const query = { type: 'httpQueryAuth', data: { name: 'key', value: 'k' } };
  const { calls: sent } = await send('/echo', generic(query.type), { credential: query });
  expect(sent[0]?.url).toBe('/echo?key=k');
  const digest = { type: 'httpDigestAuth', data: { user: 'u', password: 'p' } };
  const { json } = await send('/digest', generic(digest.type), { credential: digest });
  expect(json).toEqual([{ authorization: expect.stringMatching(/^Digest username="u"/) }]);
});

test('a credential stays behind when a redirect leads to another origin', async () => {
  const credential = { type: 'httpHeaderAuth', data: { name: 'X-Key', value: 'k' } };
  const away = encodeURIComponent(`${origin.replace('127.0.0.1', 'localhost')}/echo`);
  const path = `/redirect?status=302&to=${away}`;
  const { calls: sent } = await send(path, generic(credential.type), { credential });
  expect(sent.map(({ headers }) => headers['x-key'])).toEqual(['k', undefined]);
});

test('a timeout, a server that is gone and a body that is cut name what happened', async () => {
  const slow = await send('/hang', { options: { timeout: 50 } });
  expect(slow.error).toMatchObject({ httpCode: 'ECONNABORTED' });
  const gone = await send('', { url: 'http://127.0.0.1:1/' });
  expect(gone.error).toMatchObject({ httpCode: 'ECONNREFUSED' });
  const cut = await send('/cut');
  expect(cut.error?.code).toBe('NODE_SERVICE_FAILED');
  const broken = await send('/bad-json');
  expect(broken.error?.message).toBe('Invalid JSON in response body');
});

test('a certificate nobody vouches for is refused, unless the node accepts any', async () => {
  const secure = createTlsServer(selfSigned, (_request, response) => void response.end('in'));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const { port } = secure.address() as AddressInfo; // a TCP server's address is one of these
  const url = `https://127.0.0.1:${port}/`;
  const refused = await send('', { url });
  expect(refused.error).toMatchObject({ code: 'NODE_SERVICE_FAILED' });
  expect(refused.error?.message).toMatch(/self.signed certificate/i);
  const accepted = await send('', { url, options: { allowUnauthorizedCerts: true } });
  expect(accepted.json).toEqual([{ data: 'in' }]);
  const plain = await send('', { url: `https://127.0.0.1:${new URL(origin).port}/` });
  expect(plain.error).toMatchObject({ code: 'NODE_SERVICE_FAILED' });
  secure.closeAllConnections();
  secure.close();
});

test.each([
  ['7', 7_000],
  ['0', 1_000],
  ['not a time', 1_000],
  ['999999', 300_000],
])('a 429 that says "Retry-After: %s" is tried again after %i ms', async (after, waitedMs) => {
  const waits: number[] = [];
  const clock: Clock = { now: Date.now, sleep: async (ms) => void waits.push(ms) };
  const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1000 };
  const path = `/busy?after=${encodeURIComponent(after)}`;
  const { json } = await send(path, {}, { settings, clock });
  expect([json, waits]).toEqual([[{ ok: true }], [waitedMs]]);
});

test('50 MB arrive as one file; a body without end is refused at the limit', async () => {
  const { items } = await send('/big');
  expect(items[0]?.binary?.['data']).toMatchObject({ bytes: 50 * MIB });
  const { error } = await send('/endless');
  expect(error).toMatchObject({
    httpCode: 'ERR_RESPONSE_TOO_LARGE',
    message: expect.stringContaining(`larger than ${64 * MIB} bytes`),
  });
});

test('items go in batches with a pause between them, and keep their order', async () => {
  const waits: number[] = [];
  const clock: Clock = { now: Date.now, sleep: async (ms) => void waits.push(ms) };
  const options = { batching: { batch: { batchSize: 2, batchInterval: 300 } } };
  const items = [1, 2, 3, 4, 5].map((n) => ({ n }));
  const url = `=${origin}/echo?n={{ $json.n }}`;
  const { json } = await send('', { url, options }, { items, clock });
  expect(json.map((each) => each['url'])).toEqual(items.map(({ n }) => `/echo?n=${n}`));
  expect(waits).toEqual([300, 300]);
});

test('one idempotency key per item stays the same over tries', async () => {
  const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
  const options = { idempotencyKey: true };
  const { calls: sent } = await send(
    '/busy?after=0&key',
    { method: 'POST', options },
    { settings },
  );
  const keys = sent.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(keys[0]).toMatch(/:0$/);
});
