import { createEvaluator } from '@millrace/workflow/expression';
import { createRegistry, type ListenContext, type NodeType } from '@millrace/workflow/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import { ExecutionEntity, ListenerEntity } from '../../db/index.ts';
import {
  drawing,
  fakeType,
  openTestRuntime,
  storeWorkflow,
} from '../../runtime/testing/fake-runtime.ts';
import { openTestDatabases } from '../../runtime/testing/test-databases.ts';
import { createListenerRows } from './listener-rows.ts';
import { createListeners } from './listeners.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await databases.closeAll();
});

const NINE = Date.UTC(2026, 5, 1, 9);

/** What one `listen` under way was given, and how to end it. */
interface Ear {
  readonly context: ListenContext;
  readonly ended: PromiseWithResolvers<void>;
}

async function open(kind: 'sqlite' | 'postgres' = 'sqlite') {
  const db = await databases.open(kind);
  const time = { now: NINE };
  const ears: Ear[] = [];
  const listening: NodeType = {
    ...fakeType('radio', { group: ['trigger'] }),
    listen(context) {
      const ended = Promise.withResolvers<void>();
      context.signal.addEventListener('abort', () => ended.resolve());
      ears.push({ context, ended });
      return ended.promise;
    },
  };
  const registry = createRegistry([listening, fakeType('pure', { pure: true })]);
  const clock = { now: () => time.now, sleep: async () => undefined };
  const { runtime, close } = await openTestRuntime(db, { clock, registry });
  closing.push(close);
  const workflow = drawing('radio', 'pure');
  const ids = await storeWorkflow(db, workflow);
  const rows = createListenerRows({ registry, now: clock.now });
  const publish = () => db.transaction((manager) => rows.published({ manager, ...ids, workflow }));
  await publish();
  const hosts = { locate: async () => Promise.reject(new Error('not in this test')) };
  const openMain = () => {
    const main = createListeners({ runtime, evaluator: createEvaluator(), hosts });
    closing.push(() => main.close());
    return main;
  };
  return {
    db,
    time,
    ears,
    publish,
    openMain,
    unpublish: () =>
      db.transaction((manager) => rows.unpublished({ manager, workflowId: ids.workflowId })),
    row: () => db.source.getRepository(ListenerEntity).findOneByOrFail({}),
    started: () => db.source.getRepository(ExecutionEntity).countBy({ mode: 'trigger' }),
    /** The ear in this place, once `listen` was called so often. */
    ear: (index: number) =>
      expect
        .poll(() => ears[index])
        .toBeDefined()
        .then(() => earAt(index)),
  };

  function earAt(index: number): Ear {
    const found = ears[index];
    if (!found) throw new Error(`listen was called ${ears.length} times`);
    return found;
  }
}
const item = (n: number) => [[{ json: { n } }]];

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('one process listens, and an event starts one execution and moves the cursor', async () => {
    const { openMain, ears, ear, started, row } = await open(kind);
    const mains = [openMain(), openMain(), openMain()];
    const held = await Promise.all(mains.map((main) => main.tick()));
    expect(held.toSorted()).toEqual([0, 0, 1]);
    const { context } = await ear(0);
    expect(context.cursor).toBeNull();
    await context.emit(item(1), { last: 1 });
    await context.emit(item(2));
    expect([ears.length, await started()]).toEqual([1, 2]);
    expect(await row()).toMatchObject({ cursor: '{"last":1}', failures: 0 });
  });
});

test('who goes hands over at once, who dies is relieved when the lease is over', async () => {
  const { openMain, ear, time, started } = await open();
  const first = openMain();
  await first.tick();
  await (await ear(0)).context.emit(item(1), { last: 1 });
  await first.close();
  const second = openMain();
  expect(await second.tick()).toBe(1);
  expect((await ear(1)).context.cursor).toEqual({ last: 1 });

  const third = openMain();
  time.now += 20_000;
  await second.tick(); // says that it is alive
  time.now += 20_000;
  expect(await third.tick()).toBe(0);
  time.now += 11_000; // the second says nothing any more
  expect(await third.tick()).toBe(1);
  await ear(2);
  await expect((await ear(1)).context.emit(item(2))).rejects.toThrow('another process listens');
  await second.tick();
  expect((await ear(1)).context.signal.aborted).toBe(true);
  expect(await started()).toBe(1);
});

test('errors put the next try off, longer each time, until an event is stored', async () => {
  const { openMain, ear, time, row } = await open();
  const main = openMain();
  const waits: number[] = [];
  for (let n = 0; n < 4; n++) {
    await main.tick();
    const { context, ended } = await ear(n);
    if (n === 3) await context.emit(item(1));
    ended.reject(new Error('cut off'));
    await expect.poll(async () => (await row()).owner).toBeNull();
    waits.push(Number((await row()).freeAt) - time.now);
    time.now = Number((await row()).freeAt);
  }
  expect(waits).toEqual([1000, 2000, 4000, 1000]);
  expect(await row()).toMatchObject({ failures: 1, lastError: 'cut off' });

  await main.tick();
  (await ear(4)).ended.resolve(); // the other side ended it: no error
  await expect.poll(async () => (await row()).failures).toBe(0);
  expect(await row()).toMatchObject({ owner: null, lastError: null, freeAt: time.now + 1000 });
});

test('a new version listens in place of the old one; taking it down ends it', async () => {
  const { openMain, ear, publish, unpublish, started } = await open();
  const main = openMain();
  await main.tick();
  const old = await ear(0);
  await old.context.emit(item(1), { last: 1 });
  await publish();
  await expect(old.context.emit(item(2))).rejects.toThrow('published anew');
  await main.tick();
  expect(old.context.signal.aborted).toBe(true);
  expect((await ear(1)).context.cursor).toEqual({ last: 1 });
  await unpublish();
  await main.tick();
  expect((await ear(1)).context.signal.aborted).toBe(true);
  await expect.poll(() => main.tick()).toBe(0);
  expect(await started()).toBe(1);
});
