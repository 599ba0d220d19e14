import { nodesBase } from '@millrace/nodes-base';
import { defineNode, defineNodePackage } from '@millrace/workflow/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExecutionEntity, KeptCallEntity } from '../../db/index.ts';
import { drawChain, fields } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

/** Gives its resume address away, and ends only when told to. */
const gate = { inside: Promise.withResolvers<string>(), open: Promise.withResolvers<void>() };
const early = defineNode({
  name: 'n8n-nodes-base.early',
  label: 'Early',
  version: 1,
  properties: [],
  async execute(context) {
    gate.inside.resolve(context.resumeUrl);
    await gate.open.promise;
    return [context.items()];
  },
});

let app: TestApp;
let headers: { cookie: string };
beforeAll(async () => {
  const own = defineNodePackage({ name: 'own', nodes: [early] });
  app = await openTestApp({ packages: [nodesBase, own] });
  headers = await app.signIn(OWNER);
});
afterAll(() => app.end());

const start = ['Start', 'manualTrigger'] as const;
const after = ['After', 'set', fields({ got: '={{ $json.body.answer }}' })] as const;
const wait = (parameters: object = {}) =>
  ['Wait', 'wait', { resume: 'webhook', httpMethod: 'POST', ...parameters }] as const;

async function run(...steps: Parameters<typeof drawChain>[1][]) {
  const { body } = await app.call({
    method: 'POST',
    url: '/api/v1/workflows',
    body: drawChain('Waits', ...steps),
    headers,
  });
  const started = await app.call({
    method: 'POST',
    url: `/api/v1/workflows/${body.id}/test`,
    body: { wait: true },
    headers,
  });
  return String(started.body.id);
}
const get = async (id: string) =>
  (await app.call({ url: `/api/v1/executions/${id}?data=true`, headers })).body;
const pathOf = (address: string) => address.slice(new URL(address).origin.length);
const addressOf = async (id: string) => pathOf((await get(id)).waiting.address);
const post = (url: string, body: object = { answer: 42 }) =>
  app.call({ method: 'POST', url, body });

async function untilEnded(id: string) {
  await expect.poll(async () => (await get(id)).finishedAt).not.toBeNull();
  return get(id);
}

test('a call goes on with it, once', async () => {
  const id = await run(start, wait(), after);
  expect((await get(id)).waiting).toMatchObject({ for: 'call', node: 'Wait', until: null });
  const url = await addressOf(id);
  const calls = await Promise.all([post(url), post(url), post(url)]);
  expect(calls.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const ended = await untilEnded(id);
  expect(ended).toMatchObject({ status: 'success', order: ['Start', 'Wait', 'After'] });
  expect(ended.runData.After[0].outputs[0][0].json.got).toBe('42');
  expect((await post(url)).status).toBe(409);
});

test('a visit changes nothing and shows a button', async () => {
  const id = await run(start, wait(), after);
  const url = await addressOf(id);
  const page = await app.call({ url });
  expect(page.body).toContain('<form method="post">');
  expect(page.headers['content-security-policy']).toContain('sandbox');
  expect((await get(id)).status).toBe('waiting');
});

test.each([
  ['an unknown execution', () => '/webhook-waiting/nothing?signature=x', 404],
  ['no token', (url: string) => url.replace(/\?.*/, ''), 401],
  ['a wrong token', (url: string) => url.replace(/=.*/, '=wrong'), 401],
  ['another suffix', (url: string) => url.replace('?', '/other?'), 404],
])('refuses %s', async (_, change, status) => {
  const id = await run(start, wait(), after);
  expect((await post(change(await addressOf(id)))).status).toBe(status);
  expect((await get(id)).status).toBe('waiting');
});

test('answers at the suffix its node names', async () => {
  const suffix = '={{ "approve" }}';
  const id = await run(start, wait({ options: { webhookSuffix: suffix } }), after);
  const url = await addressOf(id);
  expect(url).toContain(`/webhook-waiting/${id}/approve?signature=`);
  expect((await post(url.replace('/approve', ''))).status).toBe(404);
  expect((await post(url)).status).toBe(200);
});

test('the last node answers the call that went on', async () => {
  const id = await run(start, wait({ responseMode: 'lastNode' }), after);
  expect((await post(await addressOf(id))).body).toMatchObject({ got: '42' });
});

test('a respond node answers the call that went on', async () => {
  const id = await run(start, wait({ responseMode: 'responseNode' }), [
    'Respond',
    'respondToWebhook',
    { respondWith: 'text', responseBody: '=Got {{ $json.body.answer }}' },
  ]);
  expect((await post(await addressOf(id))).body).toBe('Got 42');
});

test('a call before the pause is kept and made when it comes', async () => {
  const { body } = await app.call({
    method: 'POST',
    url: '/api/v1/workflows',
    body: drawChain('Early', start, ['Early', 'early'], wait(), after),
    headers,
  });
  const started = await app.call({
    method: 'POST',
    url: `/api/v1/workflows/${body.id}/test`,
    body: {},
    headers,
  });
  const url = pathOf(await gate.inside.promise);
  const calls = [await post(url, { answer: 'early' }), await post(url, { answer: 'second' })];
  expect(calls.map(({ status }) => status)).toEqual([202, 409]);
  gate.open.resolve();
  const ended = await untilEnded(started.body.id);
  expect(ended.runData.After[0].outputs[0][0].json.got).toBe('early');
  expect((await post(url)).status).toBe(409);
});

test('a kept call is only for the pause it was signed for, and goes with its execution', async () => {
  const id = await run(start, wait(), ['Again', 'wait', { resume: 'webhook' }], after);
  const { keptCalls, db } = app.services;
  const table = db.source.getRepository(KeptCallEntity);
  const request = { method: 'POST', url: '', headers: {}, params: {}, query: {} };
  const call = { ...request, body: {}, rawBody: new Uint8Array(), files: [], ip: '' };
  const about = { executionId: id, suffix: '', request: call };
  expect(await keptCalls.keep({ ...about, waits: 7 })).toBe(true);
  expect((await get(id)).status).toBe('waiting');
  expect(await table.findBy({ executionId: id })).toEqual([]);

  const both = [keptCalls.keep({ ...about, waits: 0 }), keptCalls.keep({ ...about, waits: 0 })];
  expect(await Promise.all(both)).toContain(true);
  await expect.poll(async () => (await get(id)).order).toEqual(['Start', 'Wait', 'Again']);
  await app.services.runtime.executions.cancel(id);
  await keptCalls.sweep();
  expect(await table.findBy({ executionId: id })).toEqual([]);
});

test('a wait for a time cannot be called', async () => {
  const id = await run(start, [
    'Wait',
    'wait',
    { resume: 'timeInterval', amount: 2, unit: 'hours' },
  ]);
  expect((await get(id)).waiting).toMatchObject({ for: 'time', address: null });
  const token = app.services.runtime.tokens.make(id, 0);
  expect((await post(`/webhook-waiting/${id}?signature=${token}`)).status).toBe(409);
  await app.services.runtime.executions.cancel(id);
  const { status } = await app.services.db.source
    .getRepository(ExecutionEntity)
    .findOneByOrFail({ id });
  expect(status).toBe('canceled');
});
