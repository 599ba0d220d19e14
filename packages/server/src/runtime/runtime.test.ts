import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, ExecutionRunEntity, type Database } from '../db/index.ts';
import type { AcceptRequest, RuntimeOptions } from './runtime.types.ts';
import { drawing, openTestRuntime, storeWorkflow, straightEngine } from './testing/fake-runtime.ts';
import { packedRuns } from './run-packs.ts';
import { openTestDatabases } from './testing/test-databases.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

const items = [[{ json: { a: 1 } }]];
const request = (ids: { workflowId: string; versionId: string }): AcceptRequest => ({
  ...ids,
  mode: 'webhook',
  start: { node: 'hook0', outputs: items },
});

async function open(db: Database, changes: Partial<RuntimeOptions> = {}) {
  const { runtime, close } = await openTestRuntime(db, changes);
  closing.push(close);
  return runtime;
}
const rows = (db: Database) =>
  db.source.getRepository(ExecutionEntity).find({ order: { createdAt: 'ASC', id: 'ASC' } });
const runs = (db: Database) =>
  db.source.getRepository(ExecutionRunEntity).find({ order: { seq: 'ASC' } });

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('an accepted execution is stored before it runs, and its end and runs after', async () => {
    const db = await databases.open(kind);
    const gate = Promise.withResolvers<void>();
    const runtime = await open(db, {
      runExecution: async (...args) => {
        await gate.promise;
        return straightEngine(...args);
      },
    });
    const ids = await storeWorkflow(db, drawing('hook', 'effect', 'pure'));
    const { id, ended } = await runtime.executions.accept(request(ids));
    expect(await rows(db)).toMatchObject([
      { id, status: 'new', triggerData: JSON.stringify(items) },
    ]);
    gate.resolve();
    expect(await ended).toMatchObject({ status: 'success', lastNode: 'pure2' });
    expect(await rows(db)).toMatchObject([
      { status: 'success', lastNode: 'pure2', leaseOwner: null },
    ]);
    expect((await runs(db)).map(({ node }) => node)).toEqual(['hook0', 'effect1', 'pure2']);
  });

  test('an execution of pure nodes whose caller waits is one write', async () => {
    const db = await databases.open(kind);
    const transactions: number[] = [];
    const counted: Database = {
      ...db,
      transaction: (work) => {
        transactions.push(1);
        return db.transaction(work);
      },
      turn: (work) => {
        transactions.push(1);
        return db.turn(work);
      },
    };
    const ids = await storeWorkflow(db, drawing('hook', 'pure', 'pure'));
    const runtime = await open(counted);
    const { ended } = await runtime.executions.begin(request(ids));
    await ended;
    expect(transactions).toHaveLength(1);
    expect(await rows(db)).toMatchObject([{ status: 'success' }]);
    const [row, ...others] = await runs(db);
    expect(others).toEqual([]);
    expect(packedRuns(row ?? { packed: null })).toHaveLength(2);
  });

  test('what a dead process left is taken up where its journal ends', async () => {
    const db = await databases.open(kind);
    const ids = await storeWorkflow(db, drawing('hook', 'effect', 'effect'));
    const reached = Promise.withResolvers<void>();
    const dead = await openTestRuntime(db, {
      async runExecution(asked, ports) {
        const [first, second] = asked.workflow.nodes;
        const workflow = { ...asked.workflow, nodes: first && second ? [first, second] : [] };
        await straightEngine({ ...asked, workflow }, ports);
        reached.resolve();
        return new Promise<never>(() => undefined);
      },
    });
    const { id } = await dead.runtime.executions.accept(request(ids));
    await reached.promise;

    const later = { now: () => Date.now() + 3_600_000, sleep: async () => undefined };
    const runtime = await open(db, { clock: later });
    const finished = Promise.withResolvers<void>();
    runtime.bus.subscribe((event) => {
      if (event.type === 'execution-finished') finished.resolve();
    });
    await db.transaction((manager) =>
      manager.getRepository(ExecutionEntity).update({ id }, { leaseUntil: 1 }),
    );
    await runtime.start();
    if (kind === 'postgres') await runtime.recover();
    await finished.promise;
    expect((await runs(db)).map(({ node }) => node)).toEqual(['hook0', 'effect1', 'effect2']);
    expect(await rows(db)).toMatchObject([{ id, status: 'success', restarts: 0 }]);
    expect((await rows(db))[0]?.fence).toBeGreaterThan(1);
  });

  test('a cancelled execution writes nothing more', async () => {
    const db = await databases.open(kind);
    const ids = await storeWorkflow(db, drawing('hook', 'effect'));
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const runtime = await open(db, {
      async runExecution(asked, ports) {
        reached.resolve();
        await gate.promise;
        return straightEngine({ ...asked, signal: new AbortController().signal }, ports);
      },
    });
    const { id, ended } = await runtime.executions.accept(request(ids));
    await reached.promise;
    expect(await runtime.executions.cancel(id)).toBe(true);
    gate.resolve();
    expect(await ended).toMatchObject({ status: 'canceled' });
    expect(await runs(db)).toEqual([]);
    expect(await rows(db)).toMatchObject([{ status: 'canceled' }]);
    expect(await runtime.executions.cancel(id)).toBe(false);
  });

  test('a pause is resumed once, however many try', async () => {
    const db = await databases.open(kind);
    const ids = await storeWorkflow(db, drawing('hook', 'effect'));
    const runtime = await open(db, {
      runExecution: async (asked, ports) =>
        asked.resume
          ? straightEngine(asked, ports)
          : { status: 'waiting', runs: [], waiting: { node: 'effect1', resume: 'webhook' } },
    });
    const { id, ended } = await runtime.executions.accept(request(ids));
    expect((await ended).status).toBe('waiting');
    const resume = async () => {
      const resumed = await runtime.executions.resume(id, items);
      return resumed === false ? 'refused' : (await resumed.ended).status;
    };
    const tries = await Promise.all([resume(), resume(), resume()]);
    expect(tries.toSorted()).toEqual(['refused', 'refused', 'success']);
  });

  test('a failed production execution starts the Error Trigger of its workflow', async () => {
    const db = await databases.open(kind);
    const ids = await storeWorkflow(db, drawing('hook', 'fail', 'errorTrigger'));
    const runtime = await open(db);
    const finished: string[] = [];
    const both = Promise.withResolvers<void>();
    runtime.bus.subscribe((event) => {
      if (event.type === 'execution-finished' && finished.push(event.status) === 2) both.resolve();
    });
    await runtime.executions.accept(request(ids));
    await both.promise;
    const [failed, handler] = await rows(db);
    expect(failed).toMatchObject({ status: 'error', lastNode: 'fail1' });
    expect(handler).toMatchObject({ mode: 'error', startNode: 'errorTrigger2' });
    expect(JSON.parse(handler?.triggerData ?? '')).toMatchObject([
      [{ json: { execution: { lastNodeExecuted: 'fail1', mode: 'webhook' } } }],
    ]);
  });
});
