import { createMemoryStorage } from '@millrace/server/packages';
import type { WebhookContext, WebhookOutcome } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { outreachThreads, suppressions } from '../tables/outreach.ts';
import outreachUnsubscribe from './outreach-unsubscribe.node.ts';

const TOKEN = '0123456789abcdef01234567';
let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  const thread = { campaign: 'links', email: 'bo@their.example', subject: 'Hi', body: 'Hello' };
  await storage.tables.open(outreachThreads).insert({ ...thread, token: TOKEN });
});
afterEach(() => storage.close());

async function call(method: string, token: unknown): Promise<WebhookOutcome | undefined> {
  const request = {
    method,
    url: '/webhook/unsubscribe',
    headers: {},
    params: {},
    query: { token },
    body: 'List-Unsubscribe=One-Click',
    rawBody: new Uint8Array(),
    files: [],
    ip: '127.0.0.1',
  };
  const context: Partial<WebhookContext> = { request, tables: storage.tables };
  // Only what this node uses.
  return outreachUnsubscribe.webhook?.(context as WebhookContext);
}
const state = async () => (await storage.tables.open(outreachThreads).find())[0]?.state;

test('a GET only asks: link scanners unsubscribe nobody', async () => {
  const outcome = await call('GET', TOKEN);
  expect(outcome?.response).toMatchObject({ status: 200, body: expect.stringContaining('<form') });
  expect(outcome).not.toHaveProperty('outputs');
  expect(await state()).toBe('queued');
});

test('a POST, as of RFC 8058, ends all threads and starts the workflow', async () => {
  const outcome = await call('POST', TOKEN);
  expect(outcome?.response?.status).toBe(200);
  expect(outcome?.outputs).toMatchObject([[{ json: { email: 'bo@their.example' } }]]);
  expect(await state()).toBe('unsubscribed');
  expect(await storage.tables.open(suppressions).find()).toMatchObject([
    { email: 'bo@their.example', reason: 'unsubscribed' },
  ]);
  expect((await call('POST', TOKEN))?.response?.status).toBe(200);
});

test.each(['', 'x', TOKEN.replace('0', '1'), undefined, [TOKEN, TOKEN]])(
  'a token that is none (%o) does nothing',
  async (token) => {
    const outcome = await call('POST', token);
    expect(outcome).toMatchObject({ response: { status: 404 } });
    expect(outcome).not.toHaveProperty('outputs');
    expect(await state()).toBe('queued');
  },
);
