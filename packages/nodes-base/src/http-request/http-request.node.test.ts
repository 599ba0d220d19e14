import { expect, test } from 'vitest';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { HttpRequest } from '@millrace/workflow/ports';
import { itemsOf, runNode } from '../testing/fake-context.ts';
import { fakeFiles } from '../testing/fake-files.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
}

/** Runs the node against canned answers and keeps what it sent. */
async function send(
  parameters: JsonObject,
  answers: readonly Answer[],
  more: Partial<ExecuteContext> = {},
  rows: readonly JsonObject[] = [{ i: 1 }],
) {
  const sent: HttpRequest[] = [];
  const context: Partial<ExecuteContext> = {
    signal: new AbortController().signal,
    http: {
      async request(request) {
        const {
          status = 200,
          type = 'application/json',
          body = '{}',
        } = answers[sent.length] ?? answers.at(-1) ?? {};
        sent.push(request);
        return {
          status,
          statusText: 'OK',
          headers: { 'content-type': type },
          body: Buffer.from(body),
          url: request.url,
        };
      },
    },
    binary: fakeFiles,
    sleep: async () => undefined,
    ...more,
  };
  const result = runNode({
    type: 'httpRequest',
    parameters: { url: 'https://a.test/x', ...parameters },
    inputs: [itemsOf(...rows)],
    context,
  });
  return { sent, result };
}
const outputOf = async (run: Awaited<ReturnType<typeof send>>) => {
  const outputs = await run.result;
  return Array.isArray(outputs) ? outputs[0] : undefined;
};
const responseOptions = (options: JsonObject) => ({ options: { response: { response: options } } });

test.each<[string, JsonObject, Answer, unknown[]]>([
  ['an object', {}, { body: '{"a":1}' }, [{ a: 1 }]],
  ['a list as items', {}, { body: '[{"a":1},2,null]' }, [{ a: 1 }, 2, {}]],
  ['a bare number', {}, { body: '42' }, [42]],
  ['nothing', {}, { status: 204, type: '', body: '' }, [{}]],
  ['text', {}, { type: 'text/html', body: '<p>' }, [{ data: '<p>' }]],
  ['text of JSON without a type', {}, { type: '', body: '{}' }, [{ data: '{}' }]],
  [
    'a list within a full response',
    responseOptions({ fullResponse: true }),
    { body: '[1]' },
    [
      {
        body: [1],
        headers: { 'content-type': 'application/json' },
        statusCode: 200,
        statusMessage: 'OK',
      },
    ],
  ],
  [
    'a failure when none may stop it',
    responseOptions({ neverError: true }),
    { status: 500, body: '{"e":1}' },
    [{ e: 1 }],
  ],
])('gives %s', async (_, parameters, answer, json) => {
  const output = await outputOf(await send(parameters, [answer]));
  expect(output?.map((item: Item) => item.json)).toEqual(json);
  for (const item of output ?? []) expect(item.pairedItem).toEqual({ item: 0 });
});

test('stores a file and keeps the input beside it', async () => {
  const [item] = (await outputOf(await send({}, [{ type: 'image/png', body: 'p' }]))) ?? [];
  expect(item).toMatchObject({
    json: { i: 1 },
    binary: { data: { mimeType: 'image/png', fileName: 'x' } },
  });
});

test.each<[string, JsonObject, Partial<HttpRequest>]>([
  [
    'fields as JSON',
    { bodyParameters: { parameters: [{ name: 'a', value: 1 }] } },
    { body: '{"a":1}' },
  ],
  ['JSON text', { specifyBody: 'json', jsonBody: '[1, null]' }, { body: '[1,null]' }],
  [
    'a form',
    {
      contentType: 'form-urlencoded',
      bodyParameters: { parameters: [{ name: 'a', value: 'x y' }] },
    },
    { body: 'a=x%20y' },
  ],
  [
    'raw text',
    { contentType: 'raw', rawContentType: 'text/csv', body: 'a,b' },
    { body: 'a,b', headers: expect.objectContaining({ 'content-type': 'text/csv' }) },
  ],
])('sends %s', async (_, parameters, request) => {
  const { sent, result } = await send({ method: 'POST', sendBody: true, ...parameters }, [{}]);
  await result;
  expect(sent[0]).toMatchObject({ method: 'POST', ...request });
});

test('joins query and headers, and names the credential that is to sign', async () => {
  const { sent, result } = await send(
    {
      sendQuery: true,
      queryParameters: { parameters: [{ name: 'q', value: '1' }] },
      sendHeaders: true,
      headerParameters: {
        parameters: [
          { name: 'X-A', value: 5 },
          { name: 'X-None', value: null },
        ],
      },
      authentication: 'genericCredentialType',
      genericAuthType: 'httpBasicAuth',
    },
    [{}],
  );
  await result;
  expect(sent[0]).toMatchObject({
    url: 'https://a.test/x?q=1',
    headers: { 'x-a': '5' },
    authentication: 'httpBasicAuth',
  });
  expect(sent[0]?.headers).not.toHaveProperty('x-none');
});

test('sends one idempotency key per item when asked to, and leaves the user’s own', async () => {
  const options = { idempotencyKey: true };
  const about = { idempotencyKey: 'execution:node:0' };
  const rows = [{ i: 1 }, { i: 2 }];
  const { sent, result } = await send({ method: 'POST', options }, [], about, rows);
  await result;
  expect(sent.map(({ headers }) => headers?.['idempotency-key'])).toEqual([
    'execution:node:0:0',
    'execution:node:0:1',
  ]);
  const own = { parameters: [{ name: 'Idempotency-Key', value: 'mine' }] };
  const given = await send({ options, sendHeaders: true, headerParameters: own }, [], about);
  await given.result;
  expect(given.sent[0]?.headers?.['idempotency-key']).toBe('mine');
});

test('fails with the words for the status, and with the service’s own beside them', async () => {
  const { result } = await send({}, [
    { status: 404, body: '{"error":{"message":"no such page"}}' },
  ]);
  await expect(result).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    message: 'The resource you are requesting could not be found',
    details: { httpCode: '404', description: 'no such page' },
  });
});

test('goes on with error items when told so', async () => {
  const answers = [{ status: 400, body: '{"bad":1}' }, { body: '{"ok":1}' }];
  const output = await outputOf(
    await send({}, answers, { continueOnFail: true }, [{ i: 1 }, { i: 2 }]),
  );
  expect(output?.[0]).toMatchObject({
    json: { error: { status: 400 }, details: { httpCode: '400', body: { bad: 1 } } },
    pairedItem: { item: 0 },
  });
  expect(output?.[1]).toEqual({ json: { ok: 1 }, pairedItem: { item: 1 } });
});

test.each([
  ['not a url', 'Invalid URL: not a url. URL must start with "http" or "https".'],
  ['file:///etc/passwd', 'Invalid URL: file:///etc/passwd. URL must start with "http" or "https".'],
])('refuses the address %s before sending', async (url, message) => {
  const { sent, result } = await send({ url }, [{}]);
  await expect(result).rejects.toThrow(message);
  expect(sent).toHaveLength(0);
});

const nextPage = (_: string, __: number, extra: JsonObject = {}) => Number(extra['$pageCount']) + 1;

test('asks for pages until one is empty', async () => {
  const pagination = { parameters: { parameters: [{ type: 'qs', name: 'page', value: '=next' }] } };
  const { sent, result } = await send(
    { options: { pagination: { pagination } } },
    [{ body: '[1]' }, { body: '[2]' }, { body: '[]' }],
    { evaluate: nextPage },
  );
  const outputs = await result;
  expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?page=1', '?page=2', '?page=3']);
  expect(Array.isArray(outputs) && outputs[0]?.map((item: Item) => item.json)).toEqual([1, 2]);
});
