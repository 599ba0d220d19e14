import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, newId, ScheduleEntity, type ScheduleRow } from '../../db/index.ts';
import { drawing, openTestRuntime, storeWorkflow } from '../../runtime/testing/fake-runtime.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { createScheduler } from './scheduler.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

const NINE = Date.UTC(2026, 5, 1, 9);
const HOUR = 3_600_000;

async function open(kind: 'sqlite' | 'postgres', changes: Partial<ScheduleRow> = {}) {
  const db = await databases.open(kind);
  const time = { now: NINE };
  const clock = { now: () => time.now, sleep: async () => undefined };
  const { runtime, close } = await openTestRuntime(db, { clock });
  closing.push(close);
  const ids = await storeWorkflow(db, drawing('hook', 'pure'));
  const row: ScheduleRow = {
    ...ids,
    id: newId(),
    node: 'hook0',
    ruleIndex: 0,
    cron: '0 * * * *',
    every: null,
    timezone: 'UTC',
    missed: 'skip',
    nextAt: NINE,
    lastAt: null,
    createdAt: NINE - HOUR,
    ...changes,
  };
  await db.transaction((manager) => manager.insert(ScheduleEntity, row));
  const started = () => db.source.getRepository(ExecutionEntity).countBy({ mode: 'trigger' });
  return { db, runtime, time, started };
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('a time fires once, however many processes look, and the next is an hour on', async () => {
    const { db, runtime, time, started } = await open(kind);
    const mains = [1, 2, 3].map(() => createScheduler(runtime));
    await Promise.all(mains.map((main) => main.tick()));
    expect(await started()).toBe(1);
    expect(await db.source.getRepository(ScheduleEntity).find()).toMatchObject([
      { nextAt: NINE + HOUR, lastAt: NINE },
    ]);
    time.now = NINE + HOUR - 1;
    expect(await mains[0]?.tick()).toBe(0);
    time.now = NINE + HOUR;
    expect(await mains[0]?.tick()).toBe(1);
  });
});

test.each([
  ['skip', 0],
  ['once', 1],
  ['all', 4],
] as const)('after three and a half hours away, "%s" fires %i', async (missed, count) => {
  const { db, runtime, time } = await open('sqlite', { missed });
  time.now = NINE + 3.5 * HOUR;
  expect(await createScheduler(runtime).tick()).toBe(count);
  expect(await db.source.getRepository(ScheduleEntity).find()).toMatchObject([
    { nextAt: NINE + 4 * HOUR },
  ]);
});

test('a clock that jumps back an hour fires nothing again, and goes on where it was', async () => {
  const { runtime, time, started } = await open('sqlite');
  const scheduler = createScheduler(runtime);
  await scheduler.tick();
  time.now = NINE - HOUR;
  for (let minutes = 0; minutes <= 90; minutes += 15) {
    time.now = NINE - HOUR + minutes * 60_000;
    expect(await scheduler.tick()).toBe(0);
  }
  time.now = NINE + HOUR;
  expect(await scheduler.tick()).toBe(1);
  expect(await started()).toBe(2);
});

test.each([
  ['skip', 0],
  ['once', 1],
  ['all', 1],
] as const)(
  'an hour the clocks skip while nobody was there, with "%s": %i',
  async (missed, count) => {
    // 02:30 does not exist in Berlin on 29 March 2026: it is due once, right after the gap.
    const gap = Date.UTC(2026, 2, 29, 1);
    const { runtime, time } = await open('sqlite', {
      missed,
      cron: '30 2 * * *',
      timezone: 'Europe/Berlin',
      nextAt: gap,
      createdAt: gap - 24 * HOUR,
    });
    time.now = gap + 3 * HOUR;
    expect(await createScheduler(runtime).tick()).toBe(count);
  },
);

test('an hour the clocks repeat counts each time of the day once, with "all"', async () => {
  const before = Date.UTC(2026, 9, 24, 0, 30);
  const { runtime, time } = await open('sqlite', {
    missed: 'all',
    cron: '30 2 * * *',
    timezone: 'Europe/Berlin',
    nextAt: before,
    createdAt: before - HOUR,
  });
  time.now = Date.UTC(2026, 9, 26, 12);
  expect(await createScheduler(runtime).tick()).toBe(3);
});

test('a rule without a next time is taken down after it fired', async () => {
  const { db, runtime, started } = await open('sqlite', { cron: '0 0 9 1 6 * 2026' });
  await createScheduler(runtime).tick();
  expect(await started()).toBe(1);
  expect(await db.source.getRepository(ScheduleEntity).count()).toBe(0);
});
