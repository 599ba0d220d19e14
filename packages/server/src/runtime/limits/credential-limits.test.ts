import { afterEach, describe, expect, test } from 'vitest';
import type { Limit } from '@millrace/workflow/graph';
import {
  CredentialEntity,
  CredentialSlotEntity,
  newId,
  ProjectEntity,
  RateStartEntity,
  type Database,
} from '../../db/index.ts';
import { systemClock } from '../system-ports.ts';
import { openTestDatabases } from '../testing/test-databases.ts';
import { createCredentialLimits, type CredentialUse } from './credential-limits.ts';

const databases = openTestDatabases();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await databases.closeAll();
});

async function storeCredential(db: Database, limits: Limit) {
  const [id, projectId] = [newId(), newId()];
  await db.transaction(async (manager) => {
    await manager.insert(ProjectEntity, { id: projectId, name: 'P', kind: 'team', createdAt: 1 });
    await manager.insert(CredentialEntity, {
      id,
      projectId,
      name: 'Shop',
      type: 'x',
      data: '',
      wrappedKey: '',
      hosts: '[]',
      filledFields: '[]',
      limits: JSON.stringify(limits),
      createdAt: 1,
      updatedAt: 1,
    });
  });
  return { id, limits };
}

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

/** As one process has it. */
function openProcess(db: Database) {
  const limits = createCredentialLimits(db, { clock: systemClock, logger });
  closing.push(limits.close);
  return limits;
}

const useOf = (executionId: string, changes: Partial<CredentialUse> = {}): CredentialUse => ({
  executionId,
  node: 'Ask',
  runIndex: 0,
  attempt: 1,
  ...changes,
});

const eventually = (isSo: () => Promise<boolean> | boolean) =>
  expect.poll(isSo, { timeout: 10_000, interval: 20 }).toBe(true);

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  test('never more attempts at once than the limit, over all processes, first come, first served', async () => {
    const db = await databases.open(kind);
    const credential = await storeCredential(db, { maxConcurrency: 2 });
    const processes = [openProcess(db), openProcess(db)];
    const counts = { now: 0, most: 0 };
    const order: number[] = [];
    const attempts = Array.from({ length: 12 }, async (_, index) => {
      const limits = processes[index % 2];
      const use = useOf(newId());
      await limits?.enter(credential, use);
      order.push(index);
      counts.most = Math.max(counts.most, ++counts.now);
      await limits?.enter(credential, use);
      await new Promise((resolve) => setTimeout(resolve, 1 + ((index * 7) % 11)));
      counts.now--;
      limits?.left(use);
    });
    await Promise.all(attempts);
    expect(counts.most).toBe(2);
    expect(order.toSorted((a, b) => a - b)).toEqual(attempts.map((_, index) => index));
    await eventually(
      async () => (await db.source.getRepository(CredentialSlotEntity).count()) === 0,
    );
  }, 60_000);

  test('any stretch of the period has at most as many requests as the rate says', async () => {
    const db = await databases.open(kind);
    const credential = await storeCredential(db, { rate: { max: 3, periodSeconds: 1 } });
    const processes = [openProcess(db), openProcess(db)];
    const sent: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        processes[index % 2]?.send(credential, { isAttempt: true }, async () => {
          sent.push(performance.now());
        }),
      ),
    );
    const rows = await db.source.getRepository(RateStartEntity).find({ order: { at: 'ASC' } });
    const gaps = rows.slice(3).map(({ at }, index) => Number(at) - Number(rows[index]?.at));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    // A booked moment is waited for: nothing goes out early.
    expect((sent.at(-1) ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(1500);
  }, 60_000);

  test('says for what a node waits, and goes on where somebody died', async () => {
    const db = await databases.open(kind);
    const credential = await storeCredential(db, { maxConcurrency: 1 });
    const [dead, alive] = [openProcess(db), openProcess(db)];
    const [first, second] = [newId(), newId()];
    await dead.enter(credential, useOf(first));
    await dead.close();
    const entered = alive.enter(credential, useOf(second));
    await eventually(async () => (await alive.waitOf(second)) !== undefined);
    expect(await alive.waitOf(second)).toEqual({
      limit: 'credential-concurrency',
      credential: 'Shop',
      node: 'Ask',
      until: null,
    });
    expect(await alive.waitOf(first)).toBeUndefined();
    await db.transaction((manager) =>
      manager.update(CredentialSlotEntity, { executionId: first }, { until: 1 }),
    );
    await entered;
    expect(await alive.waitOf(second)).toBeUndefined();
  }, 60_000);
});

test('who is cancelled while it waits leaves the line', async () => {
  const db = await databases.open('sqlite');
  const credential = await storeCredential(db, { maxConcurrency: 1 });
  const limits = openProcess(db);
  const [first, second, third] = [useOf(newId()), useOf(newId()), useOf(newId())];
  await limits.enter(credential, first);
  const stop = new AbortController();
  const canceled = limits.enter(credential, { ...second, signal: stop.signal });
  const next = limits.enter(credential, third);
  await eventually(async () => (await db.source.getRepository(CredentialSlotEntity).count()) === 3);
  stop.abort(new Error('Canceled'));
  await expect(canceled).rejects.toThrow('Canceled');
  limits.left(second);
  limits.left(first);
  await next;
  limits.left(third);
});

test('a request that is cancelled gives its moment back', async () => {
  const db = await databases.open('sqlite');
  const credential = await storeCredential(db, { rate: { max: 1, periodSeconds: 1 } });
  const limits = openProcess(db);
  const send = (signal?: AbortSignal) =>
    limits.send(
      credential,
      { isAttempt: true, executionId: 'e', node: 'Ask', signal },
      async () => 1,
    );
  await send();
  const stop = new AbortController();
  const canceled = send(stop.signal);
  await eventually(async () => (await limits.waitOf('e'))?.limit === 'credential-rate');
  stop.abort(new Error('Canceled'));
  await expect(canceled).rejects.toThrow('Canceled');
  expect(await db.source.getRepository(RateStartEntity).count()).toBe(1);
  expect(await send()).toBe(1);
});

test('without an attempt around it, a request holds its place itself', async () => {
  const db = await databases.open('sqlite');
  const credential = await storeCredential(db, { maxConcurrency: 1 });
  const limits = openProcess(db);
  const counts = { now: 0, most: 0 };
  await Promise.all(
    Array.from({ length: 4 }, () =>
      limits.send(credential, { isAttempt: false }, async () => {
        counts.most = Math.max(counts.most, ++counts.now);
        await new Promise((resolve) => setImmediate(resolve));
        counts.now--;
      }),
    ),
  );
  expect(counts.most).toBe(1);
});

test('without limits nothing is asked of the database', async () => {
  const db = await databases.open('sqlite');
  const limits = openProcess(db);
  await limits.enter({ id: 'none' }, useOf('e'));
  expect(await limits.send({ id: 'none' }, { isAttempt: true }, async () => 'sent')).toBe('sent');
  expect(await db.source.getRepository(RateStartEntity).count()).toBe(0);
});
