import { afterEach, describe, expect, test } from 'vitest';
import { runExecution } from '@millrace/workflow/engine';
import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry, type NodeType } from '@millrace/workflow/node-api';
import { ExecutionEntity, ExecutionRunEntity, type Database } from '../db/index.ts';
import type { Runtime } from './runtime.ts';
import { drawing, fakeType, openTestRuntime, storeWorkflow } from './testing/fake-runtime.ts';
import { openTestDatabases } from './testing/test-databases.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

/** hook → work → after, with a setting for `work`. */
function flow(onCrash: NodeJson['onCrash'], more: Partial<NodeJson> = {}): WorkflowJson {
  const json = drawing('hook', 'work', 'effect');
  const [hook, work, effect] = json.nodes;
  if (!hook || !work || !effect) throw new Error('Three nodes were asked for');
  const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
  return {
    ...json,
    nodes: [hook, { ...work, ...more, ...(onCrash && { onCrash }) }, effect],
    connections: { [hook.name]: to(work.name), [work.name]: to(effect.name) },
  };
}

/** One process that hangs in `work` for ever, and one that comes after it. */
async function crashIn(json: WorkflowJson, kind: 'sqlite' | 'postgres' = 'sqlite') {
  const db = await databases.open(kind);
  const ids = await storeWorkflow(db, json);
  const reached = Promise.withResolvers<void>();
  const keys: string[] = [];
  const work = (execute: NonNullable<NodeType['execute']>): NodeType => ({
    ...fakeType('work'),
    execute: (context) => {
      keys.push(context.idempotencyKey);
      return execute(context);
    },
  });
  const hanging = await openTestRuntime(db, {
    registry: registryWith(
      work(() => {
        reached.resolve();
        return new Promise<never>(() => undefined);
      }),
    ),
    runExecution,
  });
  const start = { node: 'hook0', outputs: [[{ json: { a: 1 } }]] };
  const { id } = await hanging.runtime.executions.accept({ ...ids, mode: 'webhook', start });
  await reached.promise;
  const later = async () => {
    await db.transaction((manager) => manager.update(ExecutionEntity, { id }, { leaseUntil: 1 }));
    const { runtime, close } = await openTestRuntime(db, {
      registry: registryWith(work(async (context) => [context.items()])),
      runExecution,
    });
    closing.push(close);
    return runtime;
  };
  return { db, id, keys, later };
}

const registryWith = (work: NodeType) =>
  createRegistry([fakeType('hook', { group: ['trigger'] }), work, fakeType('effect')]);
const rowOf = (db: Database, id: string) =>
  db.source.getRepository(ExecutionEntity).findOneByOrFail({ id });
const runsOf = async (db: Database, executionId: string) =>
  (
    await db.source
      .getRepository(ExecutionRunEntity)
      .find({ where: { executionId }, order: { seq: 'ASC' } })
  ).map(({ node, status }) => `${node} ${status}`);

/** Starts a process and resolves when the execution ends or pauses there. */
async function startAndSettle(runtime: Runtime, id: string): Promise<void> {
  const settled = Promise.withResolvers<void>();
  runtime.bus.subscribe((event) => {
    if (event.type === 'execution-finished' && event.executionId === id) settled.resolve();
  });
  await runtime.start();
  await settled.promise;
}

describe.each(['sqlite', 'postgres'] as const)('on %s, a node cut off by a crash', (kind) => {
  test('is run again by itself, with the same idempotency key', async () => {
    const { db, id, keys, later } = await crashIn(flow(undefined), kind);
    await startAndSettle(await later(), id);
    expect(await rowOf(db, id)).toMatchObject({ status: 'success' });
    expect(keys).toEqual([`${id}:1:0`, `${id}:1:0`]);
  });

  test('set to fail, fails and is not run again', async () => {
    const { db, id, keys, later } = await crashIn(flow('fail'), kind);
    await startAndSettle(await later(), id);
    const row = await rowOf(db, id);
    expect(row).toMatchObject({ status: 'error', lastNode: 'work1', inFlight: null });
    expect(JSON.parse(row.error ?? '{}')).toMatchObject({ code: 'NODE_INTERRUPTED' });
    expect(keys).toHaveLength(1);
  });
});

test('set to fail and to go on with errors, the nodes after it run', async () => {
  const { db, id, keys, later } = await crashIn(flow('fail', { onError: 'continueRegularOutput' }));
  await startAndSettle(await later(), id);
  expect(await rowOf(db, id)).toMatchObject({ status: 'success' });
  expect(await runsOf(db, id)).toEqual(['hook0 success', 'work1 error', 'effect2 success']);
  expect(keys).toHaveLength(1);
});

test.each([
  ['again', 2, 'success'],
  ['fail', 1, 'error'],
] as const)(
  'set to ask, it waits for a person, whose "%s" is obeyed once',
  async (decision, times, status) => {
    const { db, id, keys, later } = await crashIn(flow('ask'));
    const runtime = await later();
    await runtime.start();
    await expect.poll(async () => (await rowOf(db, id)).status).toBe('waiting');
    const row = await rowOf(db, id);
    expect(row).toMatchObject({ waitNode: 'work1', waitUntil: null, leaseOwner: null });
    expect(JSON.parse(row.error ?? '{}').message).toContain('may or may not have done its work');

    expect(await runtime.executions.resume(id, [])).toBe(false);
    const tries = await Promise.all([1, 2].map(() => runtime.executions.decide(id, decision)));
    const [decided, ...others] = tries.filter((each) => each !== false);
    expect(others).toEqual([]);
    expect(await decided?.ended).toMatchObject({ status });
    expect(await rowOf(db, id)).toMatchObject({ status, inFlight: null });
    expect(keys).toHaveLength(times);
  },
);

test('an execution that gets no further is parked after three takeovers, with the reason', async () => {
  const { db, id, later } = await crashIn(flow(undefined));
  await db.transaction((manager) =>
    manager.update(ExecutionEntity, { id }, { restarts: 3, restartRuns: 1 }),
  );
  const runtime = await later();
  await runtime.start();
  await expect.poll(async () => (await rowOf(db, id)).status).toBe('error');
  const error = JSON.parse((await rowOf(db, id)).error ?? '{}');
  expect(error).toMatchObject({ code: 'ENGINE_CRASH_LOOP' });
  expect(await runtime.executions.cancel(id)).toBe(false);
});

test('an execution that got further since the last takeover is not counted as a loop', async () => {
  const { db, id, later } = await crashIn(flow(undefined));
  await db.transaction((manager) =>
    manager.update(ExecutionEntity, { id }, { restarts: 3, restartRuns: 0 }),
  );
  await startAndSettle(await later(), id);
  expect(await rowOf(db, id)).toMatchObject({ status: 'success', restarts: 0 });
});
