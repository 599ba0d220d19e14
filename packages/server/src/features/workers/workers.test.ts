import { nodesBase } from '@millrace/nodes-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ packages: [nodesBase] });
  await app.services.runtime.start();
});
afterAll(() => app.end());

test('a process tells of itself and of what it runs, and of nothing once that has ended', async () => {
  const headers = await app.signIn(OWNER);
  const body = {
    name: 'Long',
    nodes: [
      {
        id: '1',
        name: 'Start',
        type: 'n8n-nodes-base.manualTrigger',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      },
      {
        id: '2',
        name: 'Wait',
        type: 'n8n-nodes-base.wait',
        typeVersion: 1.1,
        position: [200, 0],
        parameters: { resume: 'timeInterval', amount: 30, unit: 'seconds' },
      },
    ],
    connections: { Start: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
  };
  const made = await app.call({ method: 'POST', url: '/api/v1/workflows', body, headers });
  const { id } = made.body;
  const url = `/api/v1/workflows/${id}/test`;
  const started = await app.call({ method: 'POST', url, body: {}, headers });
  const workers = async () => (await app.call({ url: '/api/v1/workers', headers })).body.data;
  await expect
    .poll(async () => (await workers())[0]?.executions)
    .toMatchObject([{ id: started.body.id, workflowName: 'Long', startedAt: expect.any(String) }]);
  expect(await workers()).toMatchObject([
    { role: 'main', pid: process.pid, concurrency: 10, isAlive: true },
  ]);
  const stop = `/api/v1/executions/${started.body.id}/cancel`;
  await app.call({ method: 'POST', url: stop, headers });
  expect(await workers()).toMatchObject([{ executions: [] }]);
});

test('an execution that waits for no decision says so', async () => {
  const headers = await app.signIn(OWNER);
  const { body } = await app.call({ url: '/api/v1/executions', headers });
  const url = `/api/v1/executions/${body.data[0].id}/decide`;
  const reply = await app.call({ method: 'POST', url, body: { decision: 'again' }, headers });
  expect(reply).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
});
