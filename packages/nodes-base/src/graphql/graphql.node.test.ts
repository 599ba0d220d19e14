import { expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import type { HttpRequest } from '@millrace/workflow/ports';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

interface Answer {
  readonly status?: number;
  readonly body: string;
}

async function ask(parameters: JsonObject, answer: Answer, more: object = {}) {
  const sent: HttpRequest[] = [];
  const request = async (asked: HttpRequest) => {
    sent.push(asked);
    const headers = { 'content-type': 'application/json' };
    const { status = 200, body } = answer;
    return { status, statusText: 'OK', headers, body: Buffer.from(body), url: asked.url };
  };
  const result = runNode({
    type: 'graphql',
    parameters: { endpoint: 'https://a.test/graphql', query: '{ a }', ...parameters },
    inputs: [itemsOf({})],
    context: { http: { request }, signal: new AbortController().signal, ...more },
    ...('version' in more && { version: Number(more.version) }),
  });
  return { sent, result };
}
const fine = { body: '{"data":{"a":1}}' };

test('sends query, variables and operation as JSON and gives the whole answer', async () => {
  const { sent, result } = await ask(
    {
      variables: '{"id":7}',
      operationName: 'A',
      authentication: 'headerAuth',
      headerParametersUi: { parameter: [{ name: 'X-Team', value: 'mill' }] },
    },
    fine,
  );
  expect(jsonOf(await result)).toEqual([{ data: { a: 1 } }]);
  expect(sent).toMatchObject([
    {
      method: 'POST',
      url: 'https://a.test/graphql',
      authentication: 'httpHeaderAuth',
      headers: { 'content-type': 'application/json', 'x-team': 'mill' },
    },
  ]);
  expect(JSON.parse(String(sent[0]?.body))).toEqual({
    query: '{ a }',
    variables: { id: 7 },
    operationName: 'A',
  });
});

test.each([
  ['in the address by GET', { requestMethod: 'GET' }, {}, '?query=%7B%20a%20%7D', undefined],
  ['bare where version 1 says nothing', {}, { version: 1 }, '', '{ a }'],
  ['bare when asked to', { requestFormat: 'graphql' }, {}, '', '{ a }'],
])('sends the query %s', async (_, parameters, more, query, body) => {
  const { sent, result } = await ask(parameters, fine, more);
  await result;
  expect(sent[0]).toMatchObject({ url: `https://a.test/graphql${query}` });
  expect(sent[0]?.body).toBe(body);
});

test('gives text when asked to', async () => {
  const { result } = await ask({ responseFormat: 'string', dataPropertyName: 'raw' }, fine);
  expect(jsonOf(await result)).toEqual([{ raw: fine.body }]);
});

test('errors in a good response are errors, one item on its own', async () => {
  const bad = { body: '{"data":null,"errors":[{"message":"No field b"},{"message":"Too deep"}]}' };
  await expect((await ask({}, bad)).result).rejects.toMatchObject({
    code: 'NODE_FAILED',
    message: 'No field b, Too deep',
  });
  const { result } = await ask({}, bad, { continueOnFail: true });
  expect(jsonOf(await result)).toEqual([{ error: 'No field b, Too deep' }]);
});

test.each([
  ['variables that are no JSON', { variables: '{id:' }, fine, /"Variables" field is not valid/],
  ['a status', {}, { status: 401, body: '' }, /Authorization failed/],
  ['a page', {}, { body: '<html>' }, /no JSON object/],
])('says what is wrong with %s', async (_, parameters, answer, message) => {
  await expect((await ask(parameters, answer)).result).rejects.toThrow(message);
});
