import { createServer, type ServerResponse } from 'node:http';
import { nodesBase } from '@millrace/nodes-base';
import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, defineNodePackage } from '@millrace/workflow/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawChain } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

/** Runs until it is cancelled. */
const endless = defineNode({
  name: 'n8n-nodes-base.endless',
  label: 'Endless',
  version: 1,
  properties: [],
  async execute(context) {
    await context.sleep(3_600_000);
    return [context.items()];
  },
});

/** A service that answers when the test says so. */
async function openSlowService() {
  const open: ServerResponse[] = [];
  const server = createServer((_, response) => void open.push(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    open,
    base: `http://127.0.0.1:${port}`,
    answer: () => open.shift()?.end('{}'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let app: TestApp;
let service: Awaited<ReturnType<typeof openSlowService>>;
let headers: { cookie: string };
beforeAll(async () => {
  service = await openSlowService();
  const packages = [nodesBase, defineNodePackage({ name: 'own', nodes: [endless] })];
  app = await openTestApp({ packages, env: { MILLRACE_EGRESS_MAP: `slow.test=${service.base}` } });
  headers = await app.signIn(OWNER);
});
afterAll(async () => {
  await app.end();
  await service.close();
});

const api = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
  app.call({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { body }) });

async function publish(settings: JsonObject, step: Parameters<typeof drawChain>[2]) {
  const drawn = drawChain('Flow', ['Start', 'manualTrigger'], step);
  const { body } = await api('POST', '/workflows', { ...drawn, settings });
  expect((await api('POST', `/workflows/${body.id}/publish`, {})).status).toBeLessThan(300);
  return async (json: object = {}) =>
    (await api('POST', `/workflows/${body.id}/execute`, { input: [{ json }] })).body.id;
}

const waitOf = async (id: string) => (await api('GET', `/executions/${id}`)).body.waiting;
const statusOf = async (id: string) => (await api('GET', `/executions/${id}`)).body.status;

test.each([
  [{ maxConcurrency: 0 }, 'settings.maxConcurrency'],
  [{ limits: { rate: { max: 5 } } }, 'settings.limits.rate.periodSeconds'],
  [{ limits: { perKey: { maxConcurrency: 1 } } }, 'settings.limits.perKey.key'],
  [{ limits: { perKey: { key: '={{ $json.id }}' } } }, 'settings.limits.perKey'],
  [{ limits: { perKey: { key: '={{ $json. }}', maxConcurrency: 1 } } }, "limit's key"],
  [{ limits: 'many' }, 'settings.limits'],
])(
  'a workflow with the settings %j is not saved, and the answer says what is wrong',
  async (settings, where) => {
    const drawn = drawChain('Flow', ['Start', 'manualTrigger'], ['Endless', 'endless']);
    const refused = await api('POST', '/workflows', { ...drawn, settings });
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toContain(where);
    expect(refused.body.fix).toBeTruthy();
  },
);

test('an execution says which limit of its workflow it waits for, and with which key', async () => {
  const perKey = { key: '={{ $json.customer }}', maxConcurrency: 1 };
  const start = await publish({ limits: { perKey } }, ['Endless', 'endless']);
  const first = await start({ customer: 'acme' });
  await expect.poll(() => statusOf(first)).toBe('running');
  const second = await start({ customer: 'acme' });
  await expect
    .poll(() => waitOf(second))
    .toEqual({
      for: 'limit',
      node: '',
      until: null,
      address: null,
      limit: { name: 'key-concurrency', key: 'acme' },
    });
  expect(await waitOf(first)).toBeUndefined();
  await api('POST', `/executions/${first}/cancel`);
  await expect.poll(() => statusOf(second)).toBe('running');
  expect(await waitOf(second)).toBeUndefined();
  await api('POST', `/executions/${second}/cancel`);
});

test('nodes wait for a place of their credential; cancelling ends the wait, an answer makes room', async () => {
  const made = await api('POST', '/credentials', {
    name: 'Shop',
    type: 'httpHeaderAuth',
    data: { name: 'x-key', value: 'secret' },
    limits: { maxConcurrency: 1 },
  });
  expect(made.body.limits).toEqual({ maxConcurrency: 1 });
  const credentials = { httpHeaderAuth: { id: made.body.id, name: 'Shop' } };
  const parameters = {
    url: 'http://slow.test/',
    authentication: 'genericCredentialType',
    genericAuthType: 'httpHeaderAuth',
  };
  const start = await publish({}, [
    'Ask',
    'httpRequest',
    parameters,
    { typeVersion: 4.2, credentials },
  ]);
  const first = await start();
  await expect.poll(() => service.open.length).toBe(1);
  const [second, third] = [await start(), await start()];
  const wait = {
    for: 'limit',
    node: 'Ask',
    limit: { name: 'credential-concurrency', credential: 'Shop' },
  };
  for (const id of [second, third]) await expect.poll(() => waitOf(id)).toMatchObject(wait);
  expect(service.open).toHaveLength(1);
  await api('POST', `/executions/${second}/cancel`);
  service.answer();
  await expect.poll(() => statusOf(first)).toBe('success');
  await expect.poll(() => service.open.length).toBe(1);
  service.answer();
  await expect.poll(() => statusOf(third)).toBe('success');
  expect(await statusOf(second)).toBe('canceled');

  const url = `/credentials/${made.body.id}`;
  expect((await api('PATCH', url, { limits: { maxConcurrency: 0 } })).status).toBe(400);
  expect((await api('PATCH', url, { limits: null })).body.limits).toBeNull();
});
