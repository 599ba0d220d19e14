import { afterEach, describe, expect, test } from 'vitest';
import type { RunExecution } from '@millrace/workflow/engine';
import type { WorkflowJson, WorkflowSettings } from '@millrace/workflow/graph';
import { ExecutionEntity, newId, type Database } from '../../db/index.ts';
import {
  drawing,
  openTestRuntime,
  storeWorkflow,
  straightEngine,
} from '../testing/fake-runtime.ts';
import { openTestDatabases } from '../testing/test-databases.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

const flow = (settings: WorkflowSettings, ...types: readonly string[]): WorkflowJson => ({
  ...drawing('hook', ...types),
  settings,
});

/** Runs that end when the test says so; counts how many are under way at once, over all processes. */
function holdingEngine() {
  const open = new Map<string, () => void>();
  const counts = { now: 0, most: 0 };
  const run: RunExecution = async (request, ports) => {
    counts.now++;
    counts.most = Math.max(counts.most, counts.now);
    await new Promise<void>((resolve) => {
      open.set(request.executionId, resolve);
      request.signal?.addEventListener('abort', () => resolve());
    });
    open.delete(request.executionId);
    counts.now--;
    return straightEngine(request, ports);
  };
  return {
    run,
    counts,
    open,
    /** Ends all that is under way. */
    release() {
      for (const end of open.values()) end();
    },
  };
}

async function openProcess(db: Database, run: RunExecution, limit = 10) {
  const { runtime, close } = await openTestRuntime(db, {
    runExecution: run,
    config: {
      home: '/nowhere',
      publicUrl: 'http://test',
      timezone: 'UTC',
      concurrency: limit,
      resumeSecret: 'secret',
      leaseMs: 3000,
      drainMs: 0,
    },
  });
  closing.push(close);
  return runtime;
}

const rowsOf = (db: Database) =>
  db.source.getRepository(ExecutionEntity).find({ order: { id: 'ASC' } });

async function eventually(isSo: () => Promise<boolean> | boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 20_000, interval: 20 }).toBe(true);
}

const isEveryEnded = async (db: Database) =>
  (await rowsOf(db)).every(({ status }) => status === 'success');

/** Ids sort by the millisecond: each call has one of its own. */
const calls = { at: 1_700_000_000_000 };

const call = (ids: { workflowId: string; versionId: string }, customer?: string) => ({
  ...ids,
  id: newId(++calls.at),
  mode: 'webhook' as const,
  start: { node: 'hook0', outputs: [[{ json: customer === undefined ? {} : { customer } }]] },
});

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('keys share places over all processes, and a free place is taken at once', async () => {
    const db = await databases.open(kind);
    const engine = holdingEngine();
    const settings = {
      maxConcurrency: 3,
      limits: { perKey: { key: '={{ $json.customer }}', maxConcurrency: 1 } },
    };
    const ids = await storeWorkflow(db, flow(settings, 'effect'));
    const runtimes = [await openProcess(db, engine.run)];
    if (kind === 'postgres') runtimes.push(await openProcess(db, engine.run));
    for (const runtime of runtimes) await runtime.start();
    const customers = ['a', 'a', 'a', 'b', 'b', undefined, undefined, undefined];
    await Promise.all(
      customers.map((customer, index) =>
        runtimes[index % runtimes.length]?.executions.accept(call(ids, customer)),
      ),
    );
    await eventually(async () => {
      const rows = await rowsOf(db);
      const waiting = rows.filter(({ limitedBy }) => limitedBy !== null);
      return engine.counts.now === 3 && waiting.length === customers.length - 3;
    });
    await eventually(async () => {
      engine.release();
      return isEveryEnded(db);
    });
    expect(engine.counts.most).toBe(3);
    // Accepted at the same time, they may come to the gate in any order.
    const ofA = (await rowsOf(db))
      .filter(({ limitKey }) => limitKey === 'a')
      .toSorted((one, other) => Number(one.startedAt) - Number(other.startedAt));
    expect(ofA).toHaveLength(3);
    for (const [index, row] of ofA.entries())
      expect(Number(row.startedAt)).toBeGreaterThanOrEqual(Number(ofA[index - 1]?.finishedAt ?? 0));
    expect((await rowsOf(db)).every(({ limitedBy }) => limitedBy === null)).toBe(true);
  }, 60_000);

  test('what is over the rate waits its turn, in order, and is not lost', async () => {
    const db = await databases.open(kind);
    const settings = { limits: { rate: { max: 2, periodSeconds: 1 } } };
    const ids = await storeWorkflow(db, flow(settings, 'pure'));
    const runtime = await openProcess(db, straightEngine, 1);
    await runtime.start();
    const accepted = [];
    for (let count = 0; count < 7; count++)
      accepted.push(await runtime.executions.accept(call(ids)));
    const ends = await Promise.all(accepted.map(({ ended }) => ended));
    expect(ends.every(({ status }) => status === 'success')).toBe(true);
    const starts: { at: string | number; executionId: string }[] = await db.source.query(
      'SELECT "at", "executionId" FROM "rate_start" ORDER BY "at", "executionId"',
    );
    expect(starts.map(({ executionId }) => executionId)).toEqual(
      accepted.map(({ id }) => id).toSorted(),
    );
    const gaps = starts.slice(2).map(({ at }, index) => Number(at) - Number(starts[index]?.at));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  }, 60_000);

  test('places of a process that died come back with its lease', async () => {
    const db = await databases.open(kind);
    const ids = await storeWorkflow(db, flow({ maxConcurrency: 1 }, 'effect'));
    const dead = holdingEngine();
    const { runtime: first } = await openTestRuntime(db, { runExecution: dead.run });
    const held = await first.executions.accept(call(ids));
    await eventually(() => dead.counts.now === 1);
    const alive = await openProcess(db, straightEngine);
    const waiting = await alive.executions.accept(call(ids));
    await eventually(async () =>
      (await rowsOf(db)).some(({ limitedBy }) => limitedBy === 'workflow-concurrency'),
    );
    expect((await rowsOf(db)).map(({ status }) => status)).toEqual(['running', 'new']);
    await db.transaction((manager) =>
      manager.update(ExecutionEntity, { id: held.id }, { leaseUntil: 1 }),
    );
    await alive.recover();
    expect((await waiting.ended).status).toBe('success');
    await eventually(() => isEveryEnded(db));
    dead.release();
  }, 60_000);

  test('after a pause it waits for a place like any other', async () => {
    const db = await databases.open(kind);
    const engine = holdingEngine();
    const paused = {
      status: 'waiting',
      lastNode: 'Wait',
      waiting: { node: 'Wait', resume: 'webhook' },
    } as const;
    const run: RunExecution = async (request, ports) =>
      request.start?.outputs?.[0]?.[0]?.json['pause'] === true && !request.resume
        ? { ...paused, runs: [] }
        : engine.run(request, ports);
    const ids = await storeWorkflow(db, flow({ maxConcurrency: 1 }, 'effect'));
    const runtime = await openProcess(db, run);
    const start = { node: 'hook0', outputs: [[{ json: { pause: true } }]] };
    const first = await runtime.executions.accept({ ...call(ids), start });
    expect((await first.ended).status).toBe('waiting');
    const second = await runtime.executions.accept(call(ids));
    await eventually(() => engine.open.has(second.id));
    const resumed = await runtime.executions.resume(first.id, [[{ json: {} }]]);
    await eventually(async () => {
      const row = (await rowsOf(db)).find(({ id }) => id === first.id);
      return row?.limitedBy === 'workflow-concurrency' && row.leaseOwner === null;
    });
    expect(engine.counts.now).toBe(1);
    engine.release();
    await eventually(() => engine.open.has(first.id));
    engine.release();
    expect(resumed && (await resumed.ended).status).toBe('success');
    expect(engine.counts.most).toBe(1);
  }, 60_000);
});

test('an execution whose key cannot be worked out is accepted, runs, and says why', async () => {
  const db = await databases.open('sqlite');
  const limits = { perKey: { key: '={{ $json. }}', maxConcurrency: 1 } };
  const ids = await storeWorkflow(db, flow({ limits }, 'effect'));
  const runtime = await openProcess(db, straightEngine);
  const { ended } = await runtime.executions.accept(call(ids, 'a'));
  expect((await ended).status).toBe('success');
  expect(await rowsOf(db)).toMatchObject([{ limitKey: null, limitError: 'invalid syntax' }]);
});

test('one that waits can be cancelled, and the next goes on', async () => {
  const db = await databases.open('sqlite');
  const engine = holdingEngine();
  const ids = await storeWorkflow(db, flow({ maxConcurrency: 1 }, 'effect'));
  const runtime = await openProcess(db, engine.run);
  const first = await runtime.executions.accept(call(ids));
  const second = await runtime.executions.accept(call(ids));
  const third = await runtime.executions.accept(call(ids));
  await eventually(async () => (await rowsOf(db)).filter((row) => row.limitedBy).length === 2);
  expect(await runtime.executions.cancel(second.id)).toBe(true);
  engine.open.get(first.id)?.();
  await eventually(() => engine.open.has(third.id));
  engine.release();
  expect((await third.ended).status).toBe('success');
  expect((await rowsOf(db)).map(({ status }) => status)).toEqual([
    'success',
    'canceled',
    'success',
  ]);
});

test('a limit holds nobody back who tries the draft by hand', async () => {
  const db = await databases.open('sqlite');
  const engine = holdingEngine();
  const json = flow({ maxConcurrency: 1 }, 'effect');
  const ids = await storeWorkflow(db, json);
  const runtime = await openProcess(db, engine.run);
  await runtime.executions.accept(call(ids));
  const { workflowId } = ids;
  await runtime.executions.accept({ workflowId, snapshot: json, mode: 'manual' });
  await eventually(() => engine.counts.now === 2);
  engine.release();
  await eventually(() => isEveryEnded(db));
});
