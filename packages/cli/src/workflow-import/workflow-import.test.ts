import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry } from '@millrace/workflow/node-api';
import { packages } from '../packages.ts';
import { describeImport } from './describe-import.ts';
import { readWorkflowFiles } from './read-workflow-files.ts';
import { storeWorkflows } from './store-workflows.ts';

const registry = createRegistry(packages.flatMap(({ nodes }) => nodes));
let folder: string;

const node = (name: string, type: string, parameters = {}) => ({
  id: name,
  name,
  type,
  typeVersion: 1,
  position: [0, 0],
  parameters,
});
const start = node('Start', 'n8n-nodes-base.start');
const caller = node('Call', 'n8n-nodes-base.executeWorkflow', { workflowId: '2' });
const slack = {
  ...node('Slack', 'n8n-nodes-foo.slack'),
  credentials: { slackApi: { id: '1', name: 'Team' } },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-import-'));
  const write = (name: string, json: unknown) =>
    writeFile(join(folder, name), typeof json === 'string' ? json : JSON.stringify(json));
  await write('a.json', {
    workflows: [
      { id: '1', name: 'Caller', nodes: [start, caller], connections: {} },
      { id: '2', name: 'Called', nodes: [slack], connections: {} },
    ],
  });
  await write('b.json', '{ not JSON');
  await write('c.json', { hello: 'world' });
  await write('notes.txt', 'not read');
});
afterAll(() => rm(folder, { recursive: true }));

test('every file of a folder is read, and one that cannot be is told in its place', async () => {
  const found = await readWorkflowFiles(folder, registry);
  expect(found.map(({ workflow, error }) => workflow?.name ?? error)).toEqual([
    'Caller',
    'Called',
    expect.stringMatching(/^It is not JSON/),
    expect.stringMatching(/no nodes/),
  ]);
});

test('the report says what was mapped, what needs credentials, what is unknown', async () => {
  const text = describeImport(await readWorkflowFiles(folder, registry));
  expect(text).toContain('mapped      "Start"');
  expect(text).toContain('credential  "Team" (slackApi) for "Slack"');
  expect(text).toContain('unknown     "Slack" (n8n-nodes-foo.slack)');
  expect(text).toContain('2 workflows · 2 failed · 1 nodes mapped · 1 credentials to make');
});

test('workflows that call one another find each other under their new ids', async () => {
  const kept = new Map<string, WorkflowJson>();
  const store = {
    async create(workflow: WorkflowJson) {
      const id = `new-${kept.size + 1}`;
      kept.set(id, workflow);
      return { id, revision: 1 };
    },
    async save(id: string, workflow: WorkflowJson) {
      kept.set(id, workflow);
    },
  };
  const stored = await storeWorkflows(await readWorkflowFiles(folder, registry), store);
  expect(stored.map(({ id }) => id)).toEqual(['new-1', 'new-2', undefined, undefined]);
  expect(kept.get('new-1')?.nodes[1]?.parameters).toEqual({ workflowId: 'new-2' });
});

test('a folder that is not there is wrong use', async () => {
  await expect(readWorkflowFiles(join(folder, 'gone'), registry)).rejects.toMatchObject({
    code: 'CLI_ARG_INVALID',
  });
});
