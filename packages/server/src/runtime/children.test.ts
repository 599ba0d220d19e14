import { afterEach, expect, test } from 'vitest';
import { runExecution } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry, type NodeType } from '@millrace/workflow/node-api';
import { ExecutionEntity, WorkflowEntity } from '../db/index.ts';
import { childIdOf } from './child-id.ts';
import { fakeType, openTestRuntime, storeWorkflow } from './testing/fake-runtime.ts';
import { openTestDatabases } from './testing/test-databases.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

const pair = (first: string, second: string, parameters = {}): WorkflowJson => ({
  name: second,
  nodes: [first, second].map((name, index) => ({
    id: name,
    name,
    type: `test.${name}`,
    typeVersion: 1,
    position: [index * 100, 0],
    parameters: index === 1 ? parameters : {},
  })),
  connections: { [first]: { main: [[{ node: second, type: 'main', index: 0 }]] } },
  settings: { callerPolicy: 'any' },
});

const callNode: NodeType = {
  ...fakeType('call', {
    properties: [{ name: 'id', displayName: 'Id', type: 'string', default: '' }],
  }),
  async execute(context) {
    const id = String(context.param('id', 0));
    const call = { workflow: { id }, items: context.items(), waitForEnd: true };
    return (await context.runWorkflow(call)).outputs;
  },
};

test('a parent carried on after a crash goes on with the child it had, with the same keys', async () => {
  const db = await databases.open('sqlite');
  const child = await storeWorkflow(db, pair('executeWorkflowTrigger', 'work'));
  const parent = await storeWorkflow(db, pair('hook', 'call', { id: child.workflowId }));
  const keys: string[] = [];
  const reached = Promise.withResolvers<void>();
  const process = (execute: NonNullable<NodeType['execute']>) =>
    openTestRuntime(db, {
      runExecution,
      registry: createRegistry([
        fakeType('hook', { group: ['trigger'] }),
        fakeType('executeWorkflowTrigger', { group: ['trigger'] }),
        callNode,
        {
          ...fakeType('work'),
          execute(context) {
            keys.push(context.idempotencyKey);
            return execute(context);
          },
        },
      ]),
    });

  const dying = await process(() => {
    reached.resolve();
    return new Promise<never>(() => undefined);
  });
  const start = { node: 'hook', outputs: [[{ json: {} }]] };
  const { id } = await dying.runtime.executions.accept({ ...parent, mode: 'webhook', start });
  await reached.promise;

  const { runtime, close } = await process(async (context) => [context.items()]);
  closing.push(close);
  await runtime.start();
  const rows = db.source.getRepository(ExecutionEntity);
  await expect.poll(async () => (await rows.findOneBy({ id }))?.status).toBe('success');
  const children = await rows.findBy({ parentId: id });
  expect(children).toMatchObject([{ id: childIdOf(id, 'call:0:1:0'), status: 'success' }]);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
});

test('a database that goes away during a call is no failure of the node: the parent is taken up again', async () => {
  const whole = await databases.open('sqlite');
  const child = await storeWorkflow(whole, pair('executeWorkflowTrigger', 'work'));
  const parent = await storeWorkflow(whole, pair('hook', 'call', { id: child.workflowId }));
  const state = { lost: 0 };
  const getRepository: typeof whole.source.getRepository = (entity) => {
    if (entity === WorkflowEntity && state.lost++ === 0)
      throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    return whole.source.getRepository(entity);
  };
  const source = Object.create(whole.source, { getRepository: { value: getRepository } });
  const { runtime, close } = await openTestRuntime(
    { ...whole, source },
    {
      runExecution,
      config: {
        home: '',
        publicUrl: 'http://test',
        timezone: 'UTC',
        concurrency: 2,
        resumeSecret: 'secret',
        leaseMs: 300,
      },
      registry: createRegistry([
        fakeType('hook', { group: ['trigger'] }),
        fakeType('executeWorkflowTrigger', { group: ['trigger'] }),
        callNode,
        { ...fakeType('work'), execute: async (context) => [context.items()] },
      ]),
    },
  );
  closing.push(close);
  await runtime.start();
  const start = { node: 'hook', outputs: [[{ json: {} }]] };
  const { id } = await runtime.executions.accept({ ...parent, mode: 'webhook', start });
  const rows = whole.source.getRepository(ExecutionEntity);
  await expect.poll(async () => (await rows.findOneBy({ id }))?.status, WAIT).toBe('success');
  expect(state.lost).toBeGreaterThan(1);
  expect(await rows.findBy({ parentId: id })).toMatchObject([{ status: 'success' }]);
});

const WAIT = { timeout: 20_000 };
