import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain } from '../faults/flows.ts';
import type { InstanceClient } from '../faults/instance-client.ts';
import { openTestbed, type Instance, type Testbed } from '../faults/testbed.ts';

/** A main process, as the owner uses it. */
interface Main {
  readonly instance: Instance;
  readonly client: InstanceClient;
}

let bed: Testbed;
let listening: Main;
let called: Main;
beforeAll(async () => {
  bed = await openTestbed({ mode: 'queue' });
  [listening, called] = await Promise.all([startMain(), startMain()]);
}, 120_000);
afterAll(() => bed.close());

async function startMain(): Promise<Main> {
  const instance = await bed.start('main');
  return { instance, client: await bed.signIn(instance) };
}

const respond = {
  type: 'n8n-nodes-base.respondToWebhook',
  parameters: { respondWith: 'text', responseBody: '=heard {{ $json.body.word }}' },
};

/** Stores a draft that answers with what it was sent. */
async function store(path: string): Promise<string> {
  const draft = chain(path, [respond], { webhook: { responseMode: 'responseNode' } });
  return idOf(await listening.client.call('POST', '/workflows', draft));
}
const listen = ({ client }: Main, workflowId: string) =>
  client.call('POST', `/workflows/${workflowId}/test`, {});
const idOf = ({ body }: { body: Record<string, unknown> }) => String(body['id']);

async function call({ instance }: Main, path: string, method = 'POST') {
  const response = await fetch(`${instance.url}/webhook-test/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify({ word: 'you' }) }),
  });
  return { status: response.status, text: await response.text() };
}
const storedOf = (workflowId: string) =>
  bed.ledger.query<{ id: string }>(
    `SELECT "id" FROM "execution" WHERE "workflowId" = '${workflowId}'`,
  );

test('a call of another main starts the draft that listens, once', async () => {
  const workflowId = await store('elsewhere');
  const id = idOf(await listen(listening, workflowId));
  expect(await called.client.call('GET', `/executions/${id}`)).toMatchObject({
    status: 200,
    body: { listening: { addresses: [{ method: 'POST' }] } },
  });
  const wrong = await call(called, 'elsewhere', 'GET');
  expect(wrong).toMatchObject({ status: 404, text: expect.stringContaining('POST') });

  expect(await call(called, 'elsewhere')).toEqual({ status: 200, text: 'heard you' });
  expect(await storedOf(workflowId)).toEqual([{ id }]);
  expect((await call(called, 'elsewhere')).status).toBe(404);
  expect((await call(listening, 'elsewhere')).status).toBe(404);
});

test('of many calls of both mains one is first', async () => {
  const workflowId = await store('race');
  await listen(listening, workflowId);
  const calls = Array.from({ length: 10 }, () => [call(called, 'race'), call(listening, 'race')]);
  const statuses = (await Promise.all(calls.flat())).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => ![200, 404, 409].includes(status))).toEqual([]);
  expect(await storedOf(workflowId)).toHaveLength(1);
});

test('cancelled where it listens, or by way of the other main, it is over for both', async () => {
  const workflowId = await store('cancel');
  for (const by of [listening, called]) {
    const id = idOf(await listen(listening, workflowId));
    expect(await by.client.call('POST', `/executions/${id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'canceled' },
    });
    expect((await call(called, 'cancel')).status).toBe(404);
    expect((await call(listening, 'cancel')).status).toBe(404);
  }
  expect(await storedOf(workflowId)).toEqual([]);
});

test('a new test at another main takes the place of the old one; another draft may not', async () => {
  const workflowId = await store('again');
  const old = idOf(await listen(listening, workflowId));
  const id = idOf(await listen(called, workflowId));
  expect((await listening.client.call('GET', `/executions/${old}`)).status).toBe(404);
  expect(await listen(listening, await store('again'))).toMatchObject({
    status: 409,
    body: { code: 'RESOURCE_CONFLICT' },
  });
  expect(await call(listening, 'again')).toEqual({ status: 200, text: 'heard you' });
  expect(await storedOf(workflowId)).toEqual([{ id }]);
});

test('a main that hangs, or Redis away: 503 and nothing begun; where it listens it is taken', async () => {
  const workflowId = await store('away');
  const id = idOf(await listen(listening, workflowId));
  listening.instance.signal('SIGSTOP');
  expect(await call(called, 'away')).toMatchObject({
    status: 503,
    text: expect.stringContaining('QUEUE_UNAVAILABLE'),
  });
  listening.instance.signal('SIGCONT');

  await bed.redis?.child.end('SIGKILL');
  expect((await call(called, 'away')).status).toBe(503);
  expect(await storedOf(workflowId)).toEqual([]);
  expect(await call(listening, 'away')).toEqual({ status: 200, text: 'heard you' });
  expect(await storedOf(workflowId)).toEqual([{ id }]);
});
