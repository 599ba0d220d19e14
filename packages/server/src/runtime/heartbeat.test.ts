import type { RunExecution } from '@millrace/workflow/engine';
import { afterEach, expect, test } from 'vitest';
import { ExecutionEntity, ProcessEntity, type Database } from '../db/index.ts';
import { drawing, openTestRuntime, storeWorkflow } from './testing/fake-runtime.ts';
import { openTestDatabases } from './testing/test-databases.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

/** Resolves when a process has said that it lives, so often. */
async function beats(db: Database, count: number): Promise<void> {
  const seen = new Set<number>();
  await expect
    .poll(async () => {
      for (const { seenAt } of await db.source.getRepository(ProcessEntity).find())
        seen.add(Number(seenAt));
      return seen.size;
    })
    .toBeGreaterThan(count);
}

test.each(['pure', 'effect'])(
  'an execution of a %s node outlasts heartbeats, also while it is not stored',
  async (kind) => {
    const db = await databases.open('sqlite');
    const runExecution: RunExecution = async ({ signal }) => {
      await beats(db, 3);
      return { status: signal?.aborted ? 'canceled' : 'success', runs: [] };
    };
    const config = {
      home: '',
      publicUrl: 'http://test',
      timezone: 'UTC',
      concurrency: 2,
      resumeSecret: 'secret',
      leaseMs: 60,
    };
    const { runtime, close } = await openTestRuntime(db, { runExecution, config });
    closing.push(close);
    await runtime.start();
    const ids = await storeWorkflow(db, drawing('hook', kind));
    const start = { node: 'hook0', outputs: [[{ json: {} }]] };
    const { id, ended } = await runtime.executions.begin({ ...ids, mode: 'webhook', start });
    expect(await ended).toMatchObject({ status: 'success' });
    expect(await db.source.getRepository(ExecutionEntity).findOneBy({ id })).toMatchObject({
      status: 'success',
    });
  },
);
