import { expect, test } from 'vitest';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import { itemsOf, runNode } from '../testing/fake-context.ts';

const items = itemsOf({ a: 1 }, { a: 2 });

async function answer(parameters: object) {
  const sent: WebhookResponse[] = [];
  const context = {
    respond: async (response: WebhookResponse) => void sent.push(response),
    credential: async () => ({ secret: 's', algorithm: 'HS256', keyType: 'passphrase' }),
  };
  const result = await runNode({
    type: 'respondToWebhook',
    version: 1.5,
    parameters: { ...parameters },
    inputs: [items],
    context,
  });
  return { sent, result };
}

const html = { 'content-type': 'text/html; charset=utf-8' };

test.each([
  [{}, { status: 200, headers: {}, body: { a: 1 } }],
  [{ options: { responseKey: 'r.k' } }, { status: 200, headers: {}, body: { r: { k: { a: 1 } } } }],
  [{ respondWith: 'allIncomingItems' }, { status: 200, headers: {}, body: [{ a: 1 }, { a: 2 }] }],
  [
    { respondWith: 'json', responseBody: '{"r":1}' },
    { status: 200, headers: {}, body: { r: 1 } },
  ],
  [
    { respondWith: 'text', responseBody: 'hi' },
    { status: 200, headers: html, body: 'hi' },
  ],
  [{ respondWith: 'noData' }, { status: 200, headers: {} }],
  [
    { respondWith: 'redirect', redirectURL: 'http://x.test/' },
    { status: 307, headers: { location: 'http://x.test/' } },
  ],
  [
    {
      respondWith: 'text',
      responseBody: 'hi',
      options: {
        responseCode: 418,
        responseHeaders: {
          entries: [
            { name: 'X-Tea', value: 'pot' },
            { name: 'Content-Type', value: 'text/plain' },
          ],
        },
      },
    },
    {
      status: 418,
      headers: { 'x-tea': 'pot', 'content-type': 'text/plain; charset=utf-8' },
      body: 'hi',
    },
  ],
])('%j answers %j', async (parameters, response) => {
  const { sent, result } = await answer(parameters);
  expect(sent).toEqual([response]);
  expect(result).toMatchObject([[{ json: { a: 1 } }, { json: { a: 2 } }]]);
});

test('signs a token', async () => {
  const { sent } = await answer({ respondWith: 'jwt', payload: '{"sub":"x","iat":1700000000}' });
  expect(sent).toMatchObject([
    { body: { token: expect.stringMatching(/^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\./) } },
  ]);
});

test('shows the answer on a branch of its own', async () => {
  const { result } = await answer({
    respondWith: 'json',
    responseBody: '{"r":1}',
    enableResponseOutput: true,
  });
  expect(result).toMatchObject([
    {},
    [{ json: { response: { body: { r: 1 }, headers: {}, statusCode: 200 } } }],
  ]);
});

test('says that JSON is not valid', async () => {
  await expect(answer({ respondWith: 'json', responseBody: '{' })).rejects.toThrow(
    "Invalid JSON in 'Response Body' field",
  );
});
