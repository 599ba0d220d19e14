import { nodesBase } from '@millrace/nodes-base';
import type { LlmRequest } from '@millrace/workflow/ports';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SYSTEM } from '../../platform/index.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';
import { openFakeModelService } from './testing/fake-model-service.ts';

let app: TestApp;
let owner: { cookie: string };
let service: Awaited<ReturnType<typeof openFakeModelService>>;
beforeAll(async () => {
  service = await openFakeModelService();
  const env = { MILLRACE_EGRESS_MAP: `api.openai.com=${service.base},model.test=${service.base}` };
  app = await openTestApp({ packages: [nodesBase], env });
  owner = await app.signIn(OWNER);
});
beforeEach(() => service.script());
afterAll(async () => {
  await app.end();
  await service.close();
});

/** A project with a workflow and a credential: its own account each time. */
async function openAccount(data: Record<string, string> = {}) {
  const project = await app.services.projects.create(SYSTEM, { name: 'P' });
  const workflow = await app.services.workflows.create(SYSTEM, {
    name: 'w',
    nodes: [],
    connections: {},
    projectId: project.id,
  });
  const { id } = await app.services.credentials.create(SYSTEM, {
    name: 'Models',
    type: 'llmApi',
    projectId: project.id,
    data: { key: 'sk-secret', models: 'first, second', embeddingModel: 'vectors', ...data },
  });
  const about = { workflowId: workflow.id, executionId: 'e1', node: 'Ask' };
  return {
    projectId: project.id,
    workflowId: workflow.id,
    model: app.services.llm({ id, name: 'Models' }, about),
  };
}

const question = (text = 'Hello?', more: Partial<LlmRequest> = {}): LlmRequest => ({
  messages: [
    { role: 'system', text: 'Be short' },
    { role: 'user', text },
  ],
  ...more,
});
const call = (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  app.call({ method, url: `/api/v1/llm/${url}`, headers: owner, ...(body && { body }) });

test('a chat goes out with the key joined to it, and its tokens come back', async () => {
  const { model } = await openAccount();
  service.script({ text: 'Hi.' });
  const answer = await model.complete(question('Hello?', { temperature: 0.5, maxTokens: 7 }));
  expect(answer).toEqual({
    text: 'Hi.',
    model: 'first',
    finishReason: 'stop',
    usage: { inputTokens: 100, outputTokens: 10, cachedTokens: 0 },
    cost: null,
    isFromCache: false,
  });
  expect(service.received[0]).toMatchObject({
    path: '/v1/chat/completions',
    authorization: 'Bearer sk-secret',
    body: {
      model: 'first',
      temperature: 0.5,
      max_completion_tokens: 7,
      messages: [
        { role: 'system', content: 'Be short' },
        { role: 'user', content: 'Hello?' },
      ],
    },
  });
  expect(service.received[0]?.headers.filter((name) => name.startsWith('x-'))).toEqual([]);
});

test('another base URL reaches another service, in the words it knows', async () => {
  const { model } = await openAccount({ baseUrl: 'https://model.test/compat/', key: '' });
  await model.complete(question('x', { maxTokens: 5 }));
  expect(service.received[0]).toMatchObject({
    path: '/compat/chat/completions',
    authorization: undefined,
    body: { max_tokens: 5 },
  });
});

test('the responses interface and pictures', async () => {
  const { model } = await openAccount();
  const images = [{ url: 'https://pictures.test/a.png' }];
  const messages = [{ role: 'user', text: 'What is it?', images }] as const;
  service.script({ text: 'A cat.', cachedTokens: 60 });
  const answer = await model.complete({ messages, api: 'responses' });
  expect(answer).toMatchObject({ text: 'A cat.', usage: { inputTokens: 100, cachedTokens: 60 } });
  expect(service.received[0]).toMatchObject({
    path: '/v1/responses',
    body: { store: false, input: [{ content: [{}, { image_url: images[0]?.url }] }] },
  });
});

const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

test('an answer that breaks the schema is sent back once with what is wrong', async () => {
  const { model } = await openAccount();
  service.script({ text: '{"town":"Rome"}' }, { text: '```json\n{"city":"Rome"}\n```' });
  const answer = await model.complete(question('Where?', { schema }));
  expect(answer).toMatchObject({ json: { city: 'Rome' }, usage: { inputTokens: 200 } });
  const [first, second] = service.received;
  expect(first?.body).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { schema, strict: true } },
  });
  expect(JSON.stringify(second?.body['messages'])).toContain('city');
  expect(second?.body['messages']).toHaveLength(5);
});

test('a second wrong answer is an error that says where it is wrong; both are paid', async () => {
  const { model, projectId } = await openAccount();
  service.script({ text: 'Rome' }, { text: '{"city":7}' });
  await expect(model.complete(question('Where?', { schema }))).rejects.toMatchObject({
    code: 'NODE_ANSWER_INVALID',
    details: { model: 'first', problems: [expect.stringContaining('/city')] },
  });
  const { body } = await call('GET', `usage?projectId=${projectId}`);
  expect(body.data).toMatchObject([{ model: 'first', calls: 2, unpricedCalls: 2, cost: 0 }]);
});

test('a refusal is said as one', async () => {
  const { model } = await openAccount();
  service.script({ text: '', refusal: 'I will not' });
  await expect(model.complete(question())).rejects.toMatchObject({
    code: 'NODE_ANSWER_INVALID',
    message: expect.stringContaining('I will not'),
  });
});

test.each([429, 500, 529, 404])('after %i the next model is asked', async (status) => {
  const { model } = await openAccount();
  service.script({ status }, { text: 'from the second' });
  expect(await model.complete(question())).toMatchObject({ model: 'second' });
  expect(service.received.map(({ body }) => body['model'])).toEqual(['first', 'second']);
});

test('a key that is wrong and a quota that is used up end it at once', async () => {
  const { model } = await openAccount();
  service.script({ status: 401, code: 'invalid_api_key' });
  await expect(model.complete(question())).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    details: { status: 401, reason: 'invalid_api_key' },
    fix: expect.stringContaining('key'),
  });
  service.script({ status: 429, code: 'insufficient_quota' });
  await expect(model.complete(question())).rejects.toMatchObject({
    details: { reason: 'insufficient_quota' },
  });
  expect(service.received).toHaveLength(1);
});

test('vectors come in the order of the texts', async () => {
  const { model } = await openAccount();
  const answer = await model.embed({ texts: ['a', 'b'] });
  expect(answer).toMatchObject({
    model: 'vectors',
    vectors: [
      [0, 0.5],
      [1, 0.5],
    ],
    usage: { inputTokens: 100 },
  });
});

test('an equal question is answered from the store at no cost, in this project only', async () => {
  const [mine, other] = [await openAccount(), await openAccount()];
  const asked = question('Cached?', { cacheMs: 60_000 });
  service.script({ text: 'once' }, { text: 'elsewhere' }, { text: 'other words' });
  const first = await mine.model.complete(asked);
  expect(await mine.model.complete(asked)).toEqual({
    ...first,
    isFromCache: true,
    cost: 0,
    usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0 },
  });
  expect((await other.model.complete(asked)).text).toBe('elsewhere');
  expect((await mine.model.complete({ ...asked, temperature: 0 })).text).toBe('other words');
});

test('a call costs what its model costs that day, snapshots too; old prices stay with old calls', async () => {
  const price = { model: 'priced', input: 10, output: 100, cached: 1 };
  expect((await call('POST', 'prices', price)).status).toBe(201);
  await call('POST', 'prices', { ...price, input: 999, validFrom: '2099-01-01T00:00:00Z' });
  const { model } = await openAccount({ models: 'priced-2026-01-31' });
  service.script({ text: 'x', cachedTokens: 40 });
  const { cost } = await model.complete(question());
  expect(cost).toBeCloseTo((60 * 10 + 40 * 1 + 10 * 100) / 1e6, 12);
});

test('a budget warns, then stops before anything is asked', async () => {
  await call('POST', 'prices', { model: 'dear', input: 0, output: 100_000 });
  const { model, projectId, workflowId } = await openAccount({ models: 'dear' });
  const budget = { projectId, workflowId, period: 'day', limit: 2, warnAt: 0.4 };
  expect((await call('PUT', 'budgets', budget)).status).toBe(200);
  expect(await model.complete(question('1'))).not.toHaveProperty('warning');
  expect(await model.complete(question('2'))).toHaveProperty(
    'warning',
    'The workflow has spent $1.00 of its $2.00 for models this day',
  );
  const asked = service.received.length;
  await expect(model.complete(question('3'))).rejects.toMatchObject({
    code: 'NODE_BUDGET_SPENT',
    details: { scope: 'workflow', limit: 2, spent: 2 },
  });
  expect(service.received).toHaveLength(asked);

  const raised = await call('PUT', 'budgets', { ...budget, limit: 5 });
  expect(raised.body).toMatchObject({ limit: 5, spent: 2 });
  expect((await call('GET', `budgets?projectId=${projectId}`)).body.data).toHaveLength(1);
  expect((await model.complete(question('4'))).text).toBe('hello');
});

test('budgets of workflows that are not of the project are refused', async () => {
  const [mine, other] = [await openAccount(), await openAccount()];
  const { projectId } = mine;
  const body = { projectId, workflowId: other.workflowId, period: 'day', limit: 1 };
  expect((await call('PUT', 'budgets', body)).status).toBe(404);
});
