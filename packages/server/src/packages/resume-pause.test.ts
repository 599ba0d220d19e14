import {
  c,
  createTable,
  defineMigration,
  defineNode,
  defineNodePackage,
  defineRoute,
  defineTable,
} from '@millrace/workflow/node-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp, OWNER, type TestApp } from '../testing/open-test-app.ts';

const questions = defineTable({
  name: 'desk_questions',
  columns: { id: c.text(), node: c.text(), until: c.nullable(c.timestamp()) },
  primaryKey: ['id'],
});

const HOUR_MS = 3_600_000;
let gate = Promise.withResolvers<void>();
let asked = Promise.withResolvers<string>();

const manual = defineNode({
  name: 'n8n-nodes-base.manualTrigger',
  label: 'Manual',
  version: 1,
  group: ['trigger'],
  inputs: [],
  params: {},
  execute: () => [[{ json: {} }]],
});
/** Makes itself known, may dawdle, then waits to be called. */
const ask = defineNode({
  name: 'desk.ask',
  label: 'Ask',
  version: 1,
  params: {},
  async execute({ tables, executionId, node, now }) {
    const until = now() + HOUR_MS;
    await tables.open(questions).insertMany([{ id: executionId, node: node.name, until }]);
    asked.resolve(executionId);
    await gate.promise;
    return { kind: 'wait', resume: 'webhook', until, outputs: [[{ json: { answer: null } }]] };
  },
});

const answer = defineRoute({
  method: 'POST',
  url: '/answers',
  access: 'desk:write',
  summary: 'Answers a question',
  body: {
    type: 'object',
    properties: { id: { type: 'string' }, node: { type: 'string' } },
    required: ['id'],
  },
  async handler({ body, tables, workflows }) {
    const row = await tables.open(questions).findOne({ id: body.id });
    const pause = {
      executionId: body.id,
      node: body.node ?? row?.node ?? '',
      until: row?.until ?? null,
    };
    return { resumed: await workflows.resume(pause, [[{ json: { answer: 42 } }]]) };
  },
});

const desk = defineNodePackage({
  name: 'millrace-nodes-desk',
  namespace: 'desk',
  nodes: [manual, ask],
  tables: [questions],
  migrations: [defineMigration('0001-questions', [createTable(questions)])],
  routes: [answer],
});

let app: TestApp;
let headers: Record<string, string>;
let workflowId = '';

beforeAll(async () => {
  app = await openTestApp({ packages: [desk] });
  headers = await app.signIn(OWNER);
  const { body } = await post('/workflows', {
    name: 'Asks',
    nodes: [
      { id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', position: [0, 0] },
      { id: '2', name: 'Ask', type: 'desk.ask', position: [200, 0] },
    ],
    connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
  });
  workflowId = body.id;
});
beforeEach(() => {
  gate = Promise.withResolvers();
  asked = Promise.withResolvers();
});
afterAll(() => app.end());

const post = (url: string, body: unknown) =>
  app.call({ method: 'POST', url: `/api/v1${url}`, body, headers });
const execution = async (id: string) =>
  (await app.call({ url: `/api/v1/executions/${id}?data=true`, headers })).body;

async function untilAsked() {
  await post(`/workflows/${workflowId}/test`, {});
  return asked.promise;
}

test('a route lets an execution go on with what it answers, once', async () => {
  const id = await untilAsked();
  gate.resolve();
  await expect.poll(async () => (await execution(id)).status).toBe('waiting');
  expect((await post('/desk/answers', { id })).body).toEqual({ resumed: true });
  await expect.poll(async () => (await execution(id)).status).toBe('success');
  expect((await execution(id)).runData.Ask[0].outputs[0][0].json).toEqual({ answer: 42 });
  expect((await post('/desk/answers', { id })).body).toEqual({ resumed: false });
});

test('an answer that comes before the pause is stored waits for it', async () => {
  const id = await untilAsked();
  const early = post('/desk/answers', { id });
  gate.resolve();
  expect((await early).body).toEqual({ resumed: true });
  await expect.poll(async () => (await execution(id)).status).toBe('success');
});

test('another pause, and another project’s, are left alone', async () => {
  const id = await untilAsked();
  gate.resolve();
  await expect.poll(async () => (await execution(id)).status).toBe('waiting');
  expect((await post('/desk/answers', { id, node: 'Other' })).body).toEqual({ resumed: false });
  const { body: team } = await post('/projects', { name: 'Team' });
  const foreign = await post(`/desk/answers?projectId=${team.id}`, { id, node: 'Ask' });
  expect(foreign.body).toEqual({ resumed: false });
  expect((await execution(id)).status).toBe('waiting');
});
