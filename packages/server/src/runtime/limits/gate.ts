import type { EntityManager } from 'typeorm';
import {
  HELD_BY_WORKFLOW,
  newId,
  type Database,
  type ExecutionRow,
  type LimitName,
} from '../../db/index.ts';
import type { LeaseClock } from '../lease-clock.ts';
import { raw, returning, sqlFor, type Fragment, type Sql } from '../sql.ts';
import { admit, type Facts } from './admit.ts';
import type { OwnLimits } from './limits-of.ts';
import { databaseNow, noteStart, oldestStart, scopeOfKey, scopeOfWorkflow } from './rate-starts.ts';

/** What became of an execution that asked for its place. */
export type Entrance =
  /** It begins. `isMore`: others wait, and there may be room for them. */
  | { readonly type: 'entered'; readonly row: ExecutionRow; readonly isMore: boolean }
  /** It was given back. `isMore`: what it kept waiting may look again. */
  | {
      readonly type: 'waits';
      readonly fence: number;
      readonly inMs: number | undefined;
      readonly isMore: boolean;
    }
  /** Somebody else has it. */
  | { readonly type: 'lost' };

export interface Gate {
  /** Lets an execution this process holds begin when its limits leave room, over all processes; else gives it back. */
  enter(row: ExecutionRow, limits: OwnLimits): Promise<Entrance>;
}

/** Places are given out one after the other per workflow, so two can never take the last one. */
export function createGate(
  db: Database,
  { clock, now }: { clock: LeaseClock; now(): number },
): Gate {
  const sql = sqlFor(db);

  async function begin(
    manager: EntityManager,
    { id, fence }: ExecutionRow,
  ): Promise<ExecutionRow | undefined> {
    const [row] = await returning<ExecutionRow>(
      manager,
      sql`UPDATE "execution" SET "status" = 'running', "limitedBy" = NULL,
        "startedAt" = COALESCE("startedAt", ${now()}), "waitNode" = NULL, "waitUntil" = NULL
        WHERE "id" = ${id} AND "fence" = ${fence} RETURNING *`,
    );
    return row;
  }

  async function giveBack(
    manager: EntityManager,
    { id, fence }: ExecutionRow,
    { limit, until }: { limit: LimitName; until?: number },
  ): Promise<number | undefined> {
    const [row] = await returning<{ fence: number }>(
      manager,
      sql`UPDATE "execution" SET "leaseOwner" = NULL, "leaseUntil" = NULL, "fence" = "fence" + 1,
        "limitedBy" = ${limit}, "waitUntil" = ${until ?? null}
        WHERE "id" = ${id} AND "fence" = ${fence} RETURNING "fence"`,
    );
    return row?.fence;
  }

  return {
    enter: (row, limits) =>
      oneAtATime(db, row.workflowId, async (manager): Promise<Entrance> => {
        const isStart = row.status === 'new';
        const { isAnyWaiting, ...facts } = await lookAt(manager, { sql, row, limits, clock });
        const admission = admit(limits, facts, isStart);
        if (admission.type === 'wait') {
          const fence = await giveBack(manager, row, admission);
          if (fence === undefined) return { type: 'lost' };
          const { limit, until } = admission;
          const inMs = until === undefined ? undefined : Math.max(0, until - facts.now);
          const wasInTheWay = isOfAll(row.limitedBy) && !isOfAll(limit);
          return { type: 'waits', fence, inMs, isMore: wasInTheWay };
        }
        const begun = await begin(manager, row);
        if (!begun) return { type: 'lost' };
        if (isStart) await noteStarts(manager, { row, limits, at: facts.now });
        const { maxConcurrency = Infinity } = limits.all;
        const isMore = isAnyWaiting && facts.running + 1 < maxConcurrency;
        return { type: 'entered', row: begun, isMore };
      }),
  };
}

const isOfAll = (limit: LimitName | null) =>
  limit === 'workflow-concurrency' || limit === 'workflow-rate';

async function noteStarts(
  manager: EntityManager,
  { row, limits, at }: { row: ExecutionRow; limits: OwnLimits; at: number },
): Promise<void> {
  const { id: executionId, workflowId } = row;
  const { all, key } = limits;
  const start = { at, executionId };
  if (all.rate) {
    const scope = scopeOfWorkflow(workflowId);
    await noteStart(manager, { ...start, id: newId(at), scope }, all.rate);
  }
  if (key?.rate) {
    const scope = scopeOfKey(workflowId, key.value);
    await noteStart(manager, { ...start, id: newId(at), scope }, key.rate);
  }
}

/** Under way: begun and not paused. Who died with it keeps its place until it is taken over. */
const UNDER_WAY = raw(
  `"status" = 'running' AND "finishedAt" IS NULL AND "waitNode" IS NULL AND "mode" <> 'manual'`,
);
export const WAITS = raw(`"limitedBy" IS NOT NULL AND "status" IN ('new', 'running')`);

/** Everything a decision needs, in one journey. */
async function lookAt(
  manager: EntityManager,
  {
    sql,
    row: { id, workflowId, limitKey },
    limits: { all, key },
    clock,
  }: { sql: Sql; row: ExecutionRow; limits: OwnLimits; clock: LeaseClock },
): Promise<Facts & { isAnyWaiting: boolean }> {
  const inKey = sameKey(limitKey);
  const inWorkflow = ofWorkflow(workflowId);
  const { text, params } = sql`SELECT ${databaseNow(clock.now())} AS "now",
    (SELECT count(*) FROM "execution" WHERE ${UNDER_WAY} AND ${inWorkflow} AND "id" <> ${id})
      AS "running",
    (SELECT count(*) FROM "execution"
      WHERE ${UNDER_WAY} AND ${inWorkflow} AND "limitKey" ${inKey} AND "id" <> ${id})
      AS "runningOfKey",
    (SELECT "limitedBy" FROM "execution" WHERE ${WAITS} AND "workflowId" = ${workflowId}
      AND "limitKey" ${inKey} AND "id" < ${id} ORDER BY "id" LIMIT 1) AS "aheadOfKey",
    (SELECT "limitedBy" FROM "execution" WHERE ${WAITS} AND "workflowId" = ${workflowId}
      AND ${raw(HELD_BY_WORKFLOW)} AND "id" < ${id}
      ORDER BY "id" LIMIT 1) AS "aheadOfAll",
    (SELECT "id" FROM "execution" WHERE ${WAITS} AND "workflowId" = ${workflowId}
      AND "id" <> ${id} LIMIT 1) AS "waiting",
    ${oldestStart(all.rate, scopeOfWorkflow(workflowId))} AS "oldestStart",
    ${oldestStart(key?.rate, scopeOfKey(workflowId, limitKey ?? ''))} AS "oldestStartOfKey"`;
  const [found]: readonly FactsRow[] = await manager.query(text, [...params]);
  if (!found) throw new Error('The database gave no row for a query that always has one');
  return {
    now: Number(found.now),
    running: Number(found.running),
    runningOfKey: Number(found.runningOfKey),
    isBehindOwnKey: found.aheadOfKey !== null,
    aheadOfAll: found.aheadOfAll ?? undefined,
    isAnyWaiting: found.waiting !== null,
    oldestStart: instant(found.oldestStart),
    oldestStartOfKey: instant(found.oldestStartOfKey),
  };
}

/** Counts come as texts from Postgres. */
interface FactsRow {
  readonly now: number | string;
  readonly running: number | string;
  readonly runningOfKey: number | string;
  readonly aheadOfKey: LimitName | null;
  readonly aheadOfAll: LimitName | null;
  readonly waiting: string | null;
  readonly oldestStart: number | string | null;
  readonly oldestStartOfKey: number | string | null;
}

const instant = (value: number | string | null) => (value === null ? undefined : Number(value));

/** Few executions are under way, many stand in a workflow's past: SQLite must not begin with those. */
const ofWorkflow = (id: string): Fragment => ({
  postgres: '"workflowId" = ?',
  sqlite: '+"workflowId" = ?',
  param: { postgres: id, sqlite: id },
});

export const sameKey = (key: string | null): Fragment =>
  key === null
    ? raw('IS NULL')
    : { postgres: '= ?', sqlite: '= ?', param: { postgres: key, sqlite: key } };

/** Nobody enters or looks for who is next while another does: a place that gets free is never overlooked. */
export function oneAtATime<T>(
  db: Database,
  lock: string,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return db.transaction(async (manager) => {
    if (db.dialect === 'postgres')
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [lock]);
    return work(manager);
  });
}
