import { nodesBase } from '@millrace/nodes-base';
import { defineJob, defineNodePackage } from '@millrace/workflow/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFakeModelService } from '../features/llm/testing/fake-model-service.ts';
import { SYSTEM } from '../platform/index.ts';
import { openTestApp, OWNER, type TestApp } from '../testing/open-test-app.ts';

/** Says what the model said, or that there is none. */
const asking = defineJob({
  name: 'shop.ask',
  async run({ llm }) {
    if (!llm) return { said: null };
    const { text } = await llm.complete({ messages: [{ role: 'user', text: 'Hello?' }] });
    return { said: text };
  },
});
const shop = defineNodePackage({ name: 'shop', namespace: 'shop', nodes: [], jobs: [asking] });

let app: TestApp;
let owner: { cookie: string };
let service: Awaited<ReturnType<typeof openFakeModelService>>;
beforeAll(async () => {
  service = await openFakeModelService();
  const env = { MILLRACE_EGRESS_MAP: `api.openai.com=${service.base}` };
  app = await openTestApp({ packages: [nodesBase, shop], env });
  await app.listen();
  owner = await app.signIn(OWNER);
});
afterAll(async () => {
  await app.end();
  await service.close();
});

const newProject = async () => (await app.services.projects.create(SYSTEM, { name: 'P' })).id;

const addModels = (projectId: string, name = 'Models', key = 'sk-one') =>
  app.services.credentials.create(SYSTEM, {
    name,
    type: 'llmApi',
    projectId,
    data: { key, models: 'first' },
  });

async function runJob(projectId: string) {
  const jobs = app.services.packageServices.jobsOf(projectId);
  const { id } = await jobs.start('shop.ask');
  await expect.poll(async () => (await jobs.find(id))?.finishedAt).toBeTruthy();
  return jobs.find(id);
}

const call = (method: 'GET' | 'PUT' | 'POST', url: string, body?: object) =>
  app.call({ method, url: `/api/v1/llm/${url}`, headers: owner, ...(body && { body }) });

test('a job asks the first model credential of its project and of no other', async () => {
  const [mine, other] = [await newProject(), await newProject()];
  await addModels(mine);
  await addModels(mine, 'Later', 'sk-two');
  service.script({ text: 'Hi.' });
  expect(await runJob(mine)).toMatchObject({ status: 'success', result: { said: 'Hi.' } });
  expect(service.received[0]?.authorization).toBe('Bearer sk-one');
  expect(await runJob(other)).toMatchObject({ status: 'success', result: { said: null } });
  expect(service.received).toHaveLength(1);
});

test('what a job asks counts to the budget of the project, and stops at it', async () => {
  const projectId = await newProject();
  await addModels(projectId);
  await call('POST', 'prices', { model: 'first', input: 0, output: 100_000 });
  await call('PUT', 'budgets', { projectId, period: 'day', limit: 1 });
  service.script({ text: 'Hi.' });
  expect(await runJob(projectId)).toMatchObject({ status: 'success' });
  const usage = await call('GET', `usage?projectId=${projectId}`);
  expect(usage.body.data).toMatchObject([{ workflowId: '', model: 'first', calls: 1, cost: 1 }]);
  expect(await runJob(projectId)).toMatchObject({
    status: 'error',
    error: { code: 'NODE_BUDGET_SPENT' },
  });
  expect(service.received).toHaveLength(1);
});
