import { createEvaluator } from '@millrace/workflow/expression';
import { createRegistry, type NodeType, type PollContext } from '@millrace/workflow/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, PollEntity } from '../../db/index.ts';
import {
  drawing,
  fakeType,
  openTestRuntime,
  storeWorkflow,
} from '../../runtime/testing/fake-runtime.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { createPoller } from './poller.ts';
import { createPollRows } from './poll-rows.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await databases.closeAll();
});

const NINE = Date.UTC(2026, 5, 1, 9);
const MINUTE = 60_000;

/** A mailbox of numbers: a poll finds those above its cursor. */
async function open(kind: 'sqlite' | 'postgres' = 'sqlite') {
  const db = await databases.open(kind);
  const time = { now: NINE };
  const box = { numbers: [1, 2], marked: [] as number[], polls: 0, fault: '' };
  const poll = async ({ cursor }: PollContext) => {
    box.polls++;
    if (box.fault) throw new Error(box.fault);
    const last = Number(cursor?.['last'] ?? 0);
    const found = box.numbers.filter((number) => number > last);
    return {
      outputs: [found.map((number) => ({ json: { number } }))],
      cursor: { last: Math.max(last, ...found) },
      accepted: async () => void box.marked.push(...found),
    };
  };
  const polling: NodeType = {
    ...fakeType('box', { group: ['trigger'] }),
    poll,
    pollRules: () => [{ cron: '* * * * *' }],
  };
  const registry = createRegistry([polling, fakeType('pure', { pure: true })]);
  const clock = { now: () => time.now, sleep: async () => undefined };
  const { runtime, close } = await openTestRuntime(db, { clock, registry });
  closing.push(close);
  const workflow = drawing('box', 'pure');
  const ids = await storeWorkflow(db, workflow);
  const rows = createPollRows({ registry, timezone: 'UTC', now: clock.now });
  const publish = () => db.transaction((manager) => rows.published({ manager, ...ids, workflow }));
  await publish();
  const hosts = { locate: async () => Promise.reject(new Error('not in this test')) };
  const openMain = () => createPoller({ runtime, evaluator: createEvaluator(), hosts });
  return {
    db,
    time,
    box,
    publish,
    openMain,
    rows,
    ids,
    row: () => db.source.getRepository(PollEntity).findOneByOrFail({}),
    started: () => db.source.getRepository(ExecutionEntity).countBy({ mode: 'trigger' }),
  };
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('what is new starts one execution, however many processes look', async () => {
    const { box, time, openMain, started, row } = await open(kind);
    const mains = [openMain(), openMain(), openMain()];
    await Promise.all(mains.map((main) => main.tick()));
    expect([await started(), box.polls, box.marked]).toEqual([1, 1, [1, 2]]);
    expect(await row()).toMatchObject({ cursor: '{"last":2}', nextAt: NINE + MINUTE });

    time.now = NINE + MINUTE;
    await openMain().tick();
    expect([await started(), box.polls]).toEqual([1, 2]);
    box.numbers.push(3);
    time.now = NINE + 2 * MINUTE;
    expect(await openMain().tick()).toBe(1);
    expect(await row()).toMatchObject({ cursor: '{"last":3}' });
  });
});

test('a process that dies while looking is relieved, and nothing is lost or doubled', async () => {
  const { db, box, time, openMain, started } = await open();
  await db.transaction((manager) => manager.updateAll(PollEntity, { nextAt: NINE + 5 * MINUTE }));
  expect(await openMain().tick()).toBe(0);
  time.now = NINE + 5 * MINUTE;
  expect(await openMain().tick()).toBe(1);
  expect([await started(), box.marked]).toEqual([1, [1, 2]]);
});

test('a poll that was overtaken stores nothing', async () => {
  const { db, box, openMain, started } = await open();
  const numbers = box.numbers;
  Object.defineProperty(box, 'numbers', {
    get: () => {
      void db.source.getRepository(PollEntity).updateAll({ nextAt: NINE + 99 });
      return numbers;
    },
  });
  expect(await openMain().tick()).toBe(0);
  expect([await started(), box.marked]).toEqual([0, []]);
});

test('failures put the next look off, longer each time, and keep the cursor', async () => {
  const { box, time, openMain, row } = await open();
  await openMain().tick();
  box.fault = 'mailbox is shut';
  const waits: number[] = [];
  for (let n = 0; n < 4; n++) {
    time.now = Number((await row()).nextAt);
    await openMain().tick();
    waits.push(Number((await row()).nextAt) - time.now);
  }
  expect(waits).toEqual([MINUTE, MINUTE, 2 * MINUTE, 4 * MINUTE]);
  expect(await row()).toMatchObject({
    failures: 4,
    lastError: 'mailbox is shut',
    cursor: '{"last":2}',
  });
  box.fault = '';
  time.now = Number((await row()).nextAt);
  await openMain().tick();
  expect(await row()).toMatchObject({ failures: 0, lastError: null });
});

test('a new version reads on where the one before was; taking it down forgets', async () => {
  const { db, openMain, publish, rows, ids, row } = await open();
  await openMain().tick();
  await publish();
  expect(await row()).toMatchObject({ cursor: '{"last":2}' });
  await db.transaction((manager) => rows.unpublished({ manager, workflowId: ids.workflowId }));
  expect(await db.source.getRepository(PollEntity).count()).toBe(0);
});
