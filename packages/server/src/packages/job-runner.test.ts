import { defineJob, type NodeLogger } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId, openDatabase, ProjectEntity, type Database } from '../db/index.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { createJobRunner } from './job-runner.ts';
import { createJobs } from './jobs.ts';

const silent: NodeLogger = { debug() {}, info() {}, warn() {}, error() {} };
const storage = createMemoryStorage([]);
const scope = {
  tables: storage.tables,
  workflows: {
    start: async () => ({ executionId: '', workflowId: '' }),
    resume: async () => false,
  },
};

let db: Database;
const projectId = newId();
beforeEach(async () => {
  db = await openDatabase({ kind: 'sqlite', path: ':memory:' });
  await db.transaction((manager) =>
    manager.insert(ProjectEntity, { id: projectId, name: 'P', kind: 'team', createdAt: 0 }),
  );
});
afterEach(() => db.close());

/** A process: what it runs, and the jobs of the project as seen from it. */
function openProcess(run: Parameters<typeof defineJob>[0]['run']) {
  const jobs = new Map([['shop.work', defineJob({ name: 'shop.work', run })]]);
  const scopeOf = async () => scope;
  const runner = createJobRunner({ db, jobs, logger: silent, now: Date.now, scopeOf });
  const seen = createJobs(
    { db, known: new Set(jobs.keys()), now: Date.now, stored: runner.look, canceled: runner.stop },
    projectId,
  );
  return { runner, jobs: seen };
}

const stopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

test('a job that was under way at the stop goes on from its last state', async () => {
  const one = openProcess(async ({ save, signal }) => {
    await save({ page: 3 });
    return stopped(signal);
  });
  await one.runner.start();
  const { id } = await one.jobs.start('shop.work', { of: 5 });
  await expect.poll(async () => (await one.jobs.find(id))?.state).toEqual({ page: 3 });
  await one.runner.close();
  expect((await one.jobs.find(id))?.status).toBe('queued');

  const two = openProcess(async ({ state, input }) => ({ from: state['page'], ...input }));
  await two.runner.start();
  await expect
    .poll(() => two.jobs.find(id))
    .toMatchObject({ status: 'success', result: { from: 3, of: 5 } });
  await two.runner.close();
});

test('a job whose process died is taken up by the next', async () => {
  const dead = openProcess(({ signal }) => stopped(signal));
  await dead.runner.start();
  const { id } = await dead.jobs.start('shop.work');
  await expect.poll(async () => (await dead.jobs.find(id))?.status).toBe('running');
  const next = openProcess(async () => ({ done: true }));
  await next.runner.start();
  await expect.poll(async () => (await next.jobs.find(id))?.status).toBe('success');
  await Promise.all([dead.runner.close(), next.runner.close()]);
  expect((await next.jobs.find(id))?.result).toEqual({ done: true });
});

test('many jobs all run, a few at a time', async () => {
  const count = { now: 0, most: 0 };
  const { runner, jobs } = openProcess(async ({ save }) => {
    count.now++;
    count.most = Math.max(count.most, count.now);
    await save({});
    count.now--;
  });
  await runner.start();
  await Promise.all(Array.from({ length: 12 }, () => jobs.start('shop.work')));
  await expect
    .poll(async () => (await jobs.list()).map(({ status }) => status))
    .toEqual(Array(12).fill('success'));
  expect(count.most).toBeLessThanOrEqual(4);
  await runner.close();
});

test('a canceled job cannot save, and stays canceled', async () => {
  const gate = Promise.withResolvers<void>();
  const { runner, jobs } = openProcess(async ({ save }) => {
    await gate.promise;
    await save({ late: true });
  });
  await runner.start();
  const { id } = await jobs.start('shop.work');
  await expect.poll(async () => (await jobs.find(id))?.status).toBe('running');
  expect(await jobs.cancel(id)).toBe(true);
  gate.resolve();
  await runner.close();
  expect(await jobs.find(id)).toMatchObject({ status: 'canceled', state: {} });
});

test('a job nobody brings is refused', async () => {
  await expect(openProcess(async () => {}).jobs.start('shop.none')).rejects.toThrow(
    'There is no job "shop.none"',
  );
});
