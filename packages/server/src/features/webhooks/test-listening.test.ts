import { nodesBase } from '@millrace/nodes-base';
import type { PushEvent } from '@millrace/api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { drawChain, fields } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

let app: TestApp;
let headers: { cookie: string };
beforeAll(async () => {
  app = await openTestApp({ packages: [nodesBase] });
  headers = await app.signIn(OWNER);
});
afterAll(() => app.end());

const draft = (path: string) =>
  drawChain(
    'Draft',
    ['Webhook', 'webhook', { path, responseMode: 'lastNode' }],
    ['Edit', 'set', fields({ greeting: 'Hello {{ $json.query.name }}'.replace(/^/, '=') })],
    ['After', 'noOp'],
  );

async function store(path: string): Promise<string> {
  const { body } = await app.call({
    method: 'POST',
    url: '/api/v1/workflows',
    body: draft(path),
    headers,
  });
  return body.id;
}
const start = (id: string, body: object = {}) =>
  app.call({ method: 'POST', url: `/api/v1/workflows/${id}/test`, body, headers });
const get = (id: string) => app.call({ url: `/api/v1/executions/${id}?data=true`, headers });

test('a draft listens for one call, which becomes the execution that was promised', async () => {
  const id = await store('one');
  const told: PushEvent['type'][] = [];
  const stop = app.services.runtime.bus.subscribe(
    ({ type }) => void (type !== 'triggers-changed' && told.push(type)),
  );
  const { status, body } = await start(id);
  expect(status).toBe(202);
  expect(body).toMatchObject({
    status: 'new',
    listening: { addresses: [{ node: 'Webhook', method: 'GET' }] },
  });
  expect(body.listening.addresses[0].url).toMatch(/\/webhook-test\/one$/);
  expect((await get(body.id)).body).toMatchObject({ listening: body.listening });

  const first = await app.call({ url: '/webhook-test/one?name=Ada' });
  expect(first.body).toMatchObject({ greeting: 'Hello Ada' });
  stop();
  expect(told[0]).toBe('listening-started');
  expect(told.slice(1, 3)).toEqual(['listening-ended', 'execution-started']);
  expect(told).toContain('execution-finished');
  expect((await get(body.id)).body).toMatchObject({
    status: 'success',
    mode: 'manual',
    order: ['Webhook', 'Edit', 'After'],
  });

  const second = await app.call({ url: '/webhook-test/one' });
  expect(second.status).toBe(404);
  expect(second.body.hint).toMatch(/Test workflow/);
});

test('runs only what was asked for', async () => {
  const { body } = await start(await store('part'), { to: 'Edit' });
  await app.call({ url: '/webhook-test/part?name=Bo' });
  expect((await get(body.id)).body.order).toEqual(['Webhook', 'Edit']);
});

test('items or pinned data in place of a call start it at once', async () => {
  const id = await store('items');
  const given = await start(id, { input: [{ json: { query: { name: 'Cy' } } }], wait: true });
  expect(given.body).toMatchObject({ status: 'success' });
  const pinned = await start(id, { pinData: { Webhook: [{ json: {} }] }, wait: true });
  expect(pinned.body).toMatchObject({ status: 'success' });
});

test('cancelling ends it, and its execution never was', async () => {
  const { body } = await start(await store('cancel'));
  const url = `/api/v1/executions/${body.id}/cancel`;
  expect((await app.call({ method: 'POST', url, headers })).body.status).toBe('canceled');
  expect((await app.call({ url: '/webhook-test/cancel' })).status).toBe(404);
  expect((await get(body.id)).status).toBe(404);
});

test('a new test of the same draft takes the place of the old one; another draft may not', async () => {
  const id = await store('same');
  const old = await start(id);
  const now = await start(id);
  expect((await get(old.body.id)).status).toBe(404);
  expect((await get(now.body.id)).status).toBe(200);
  const other = await start(await store('same'));
  expect(other).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
});

test('it stops listening after its time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { testListeners, runtime } = app.services;
  const json = draft('late');
  const { executionId } = testListeners.listen({ workflow: runtime.workflows.snapshot('w', json) });
  expect(testListeners.get(executionId)).toBeDefined();
  vi.advanceTimersByTime(120_000);
  expect(testListeners.get(executionId)).toBeUndefined();
  vi.useRealTimers();
});

test('people who may not run the workflow can neither see nor stop its test', async () => {
  const { body } = await start(await store('mine'));
  const user = { email: 'm@example.com', password: 'member member' };
  await app.call({ method: 'POST', url: '/api/v1/users', body: user, headers });
  const other = await app.signIn(user);
  const url = `/api/v1/executions/${body.id}`;
  expect((await app.call({ url, headers: other })).status).toBe(404);
  expect((await app.call({ method: 'POST', url: `${url}/cancel`, headers: other })).status).toBe(
    404,
  );
});
