import fc from 'fast-check';
import { IsNull, LessThan, Not } from 'typeorm';
import { afterEach, expect, test } from 'vitest';
import { readLimits, type RateLimit, type WorkflowLimits } from '@millrace/workflow/graph';
import { ExecutionEntity, newId, type Database } from '../../db/index.ts';
import { claimRows } from '../claims.ts';
import { newRow } from '../execution-rows.ts';
import { openTestDatabases } from '../testing/test-databases.ts';
import { createGate } from './gate.ts';
import { limitsOf } from './limits-of.ts';
import { createLine } from './line.ts';

const databases = openTestDatabases();
afterEach(() => databases.closeAll());

/** Executions of one workflow, and a clock the test moves. What is offered is tried when the test says so. */
function openLine(db: Database, limits: WorkflowLimits) {
  const time = { now: 1_700_000_000_000 };
  const workflowId = newId();
  const clock = { now: () => time.now, sync: async () => undefined };
  const gate = createGate(db, { clock, now: clock.now });
  const line = createLine(db, { now: clock.now });
  const executions = db.source.getRepository(ExecutionEntity);
  const offered: string[] = [];
  const entered: { key: string | null; at: number }[] = [];
  const running = new Map<string, string | null>();
  const offer = (waiting: readonly { id: string }[]) =>
    offered.push(...waiting.map(({ id }) => id));

  return {
    offered,
    entered,
    running,
    async arrive(key: string | null) {
      const id = newId(++time.now);
      const about = { workflowId, versionId: newId(), mode: 'webhook' as const };
      const row = newRow(about, {
        id,
        now: time.now,
        lease: undefined,
        key: { limitKey: key, limitError: null },
      });
      await db.transaction((manager) => manager.insert(ExecutionEntity, row));
      offered.push(id);
    },
    /** A worker takes one of those that were offered. */
    async take(at: number) {
      const [id] = offered.splice(at % offered.length, 1);
      if (id === undefined) return;
      const { now } = time;
      const [row] = await claimRows(db, [id], { owner: 'w', until: now + 1e9, now, wallNow: now });
      const own = row && limitsOf(row, limits);
      if (!row || !own) return;
      const entrance = await gate.enter(row, own);
      if (entrance.type !== 'lost' && entrance.isMore)
        offer(await line.next(workflowId, row.limitKey));
      if (entrance.type !== 'entered') return;
      const { limitKey } = row;
      const passed = { workflowId, limitKey: limitKey ?? IsNull(), limitedBy: Not(IsNull()) };
      const older = await executions.countBy({ ...passed, id: LessThan(id) });
      expect(older, 'of its key that came before and waits').toBe(0);
      running.set(id, limitKey);
      entered.push({ key: limitKey, at: now });
    },
    async end(at: number) {
      const [id, key] = [...running][at % running.size] ?? [];
      if (id === undefined || key === undefined) return;
      running.delete(id);
      const ended = { status: 'success' as const, finishedAt: time.now, leaseOwner: null };
      await db.transaction((manager) => manager.update(ExecutionEntity, { id }, ended));
      offer(await line.next(workflowId, key));
    },
    async tick(ms: number) {
      time.now += ms;
      offer(await line.due());
    },
    sweep: async () => offer(await line.heads()),
  };
}

const rate = fc.record({ max: fc.integer({ min: 1, max: 3 }), periodSeconds: fc.constant(1) });
const atMost = { maxConcurrency: fc.integer({ min: 1, max: 3 }), rate };
const settings = fc.record(
  {
    maxConcurrency: atMost.maxConcurrency,
    limits: fc.record(
      { rate, perKey: fc.record({ key: fc.constant('=k'), ...atMost }, { requiredKeys: ['key'] }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  fc.record({ do: fc.constant('arrive' as const), n: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ do: fc.constant('take' as const), n: fc.nat(10) }),
  fc.record({ do: fc.constant('take' as const), n: fc.nat(10) }),
  fc.record({ do: fc.constant('end' as const), n: fc.nat(10) }),
  fc.record({ do: fc.constant('tick' as const), n: fc.integer({ min: 1, max: 900 }) }),
);
const KEYS = ['a', 'b', null];

type Line = ReturnType<typeof openLine>;

/** No place is given out twice. */
function requirePlaces({ running }: Line, { all, perKey }: WorkflowLimits): void {
  const keys = [...running.values()];
  expect(keys.length).toBeLessThanOrEqual(all.maxConcurrency ?? Infinity);
  for (const key of ['a', 'b'])
    expect(keys.filter((each) => each === key).length).toBeLessThanOrEqual(
      perKey?.maxConcurrency ?? Infinity,
    );
}

/** Any stretch of the period has at most `max` starts. */
function requireRate(
  entered: readonly { readonly at: number }[],
  given: RateLimit | undefined,
): void {
  if (!given) return;
  const { max, periodSeconds } = given;
  const gaps = entered.slice(max).map(({ at }, index) => at - (entered[index]?.at ?? 0));
  expect(Math.min(...gaps, Infinity)).toBeGreaterThanOrEqual(periodSeconds * 1000);
}

/** Whoever waits gets through by what others tell when they leave, without a sweep. */
async function drain(line: Line, limits: WorkflowLimits, count: number): Promise<void> {
  for (let round = 0; round < 100 && line.entered.length < count; round++) {
    while (line.offered.length) await line.take(0);
    requirePlaces(line, limits);
    await line.end(0);
    await line.tick(1000);
  }
  expect(line.entered).toHaveLength(count);
}

test('however takes, ends and time mix, no limit is passed, keys keep their order, and all get through', async () => {
  const db = await databases.open('sqlite');
  const law = fc.asyncProperty(
    settings,
    fc.array(step, { minLength: 10, maxLength: 40 }),
    async (given, steps) => {
      const limits = readLimits(given);
      fc.pre(limits !== undefined);
      const line = openLine(db, limits);
      for (const { do: what, n } of steps) {
        if (what === 'arrive') await line.arrive(KEYS[n] ?? null);
        else await line[what](n);
        requirePlaces(line, limits);
      }
      const isHeld = (n: number) =>
        limitsOf({ mode: 'webhook', limitKey: KEYS[n] ?? null }, limits);
      const due = steps.filter(({ do: what, n }) => what === 'arrive' && isHeld(n));
      await drain(line, limits, due.length);
      requireRate(line.entered, limits.all.rate);
      for (const key of ['a', 'b'])
        requireRate(
          line.entered.filter((each) => each.key === key),
          limits.perKey?.rate,
        );
    },
  );
  await fc.assert(law, { numRuns: 60 });
}, 120_000);

test('what nobody told of is found by a look at the heads, each line once', async () => {
  const db = await databases.open('sqlite');
  const limits = readLimits({ limits: { perKey: { key: '=k', maxConcurrency: 1 } } });
  if (!limits) throw new Error('There is a limit');
  const line = openLine(db, limits);
  for (const key of ['a', 'a', 'a', 'b', 'b']) await line.arrive(key);
  while (line.offered.length) await line.take(0);
  expect([...line.running.values()]).toEqual(['a', 'b']);
  await line.sweep();
  expect(line.offered).toHaveLength(2);
});
