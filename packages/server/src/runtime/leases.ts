import type { Batch } from '@millrace/workflow/items';
import type { Clock } from '@millrace/workflow/ports';
import { newId, type Database, type ExecutionRow } from '../db/index.ts';
import { claimRows } from './claims.ts';
import { createGroupCommit } from './commit/group-commit.ts';
import { createLeaseClock, type LeaseClock } from './lease-clock.ts';
import { anyOf, changed, raw, sqlFor, type Statement } from './sql.ts';

/** Who may advance an execution, as rows say it. Each change of hands raises the fencing number. */
export interface Leases {
  /** This process, as rows name it. */
  readonly owner: string;
  readonly clock: LeaseClock;
  readonly leaseMs: number;
  /** A lease from now on. */
  next(): { owner: string; until: number };
  /** Extends the leases of what this process holds; gives those it has lost. */
  renew(held: readonly string[]): Promise<string[]>;
  /** Takes one that nobody holds; `undefined` when there is none, or somebody was quicker. */
  claim(id: string): Promise<ExecutionRow | undefined>;
  /** Gives back what this process holds: others may take it at once. Gives the new fencing numbers. */
  release(ids: readonly string[]): Promise<readonly { id: string; fence: number }[]>;
  /** Gives back what every other process holds: they are dead. */
  releaseOthers(): Promise<void>;
  /** Ends a pause, once; gives the new fencing number. */
  endPause(id: string, outputs: readonly Batch[] | undefined): Promise<number | undefined>;
  /** A person's word on an attempt that was cut off; gives the new fencing number. */
  decide(id: string, decision: CrashDecision): Promise<number | undefined>;
  /** Ends an execution whoever holds it. False when it had ended. */
  cancel(id: string): Promise<boolean>;
}

/** What to do about an attempt of which nobody knows whether it did its work. */
export type CrashDecision = 'again' | 'fail';

const LEASE_MS = 30_000;
const OPEN = raw(`"status" IN ('new', 'running')`);

export function createLeases(
  db: Database,
  { clock, leaseMs = LEASE_MS }: { clock: Clock; leaseMs?: number | undefined },
): Leases {
  const owner = newId(clock.now());
  const leaseClock = createLeaseClock(db, { wall: clock.now });
  const sql = sqlFor(db);
  const next = () => ({ owner, until: leaseClock.now() + leaseMs });
  const update = (statement: Statement) => changed<{ id: string; fence: number }>(db, statement);

  const claims = createGroupCommit<Claim>({
    async commit(wanted) {
      const now = leaseClock.now();
      const ids = wanted.map(({ id }) => id);
      const about = { owner, until: now + leaseMs, now, wallNow: clock.now() };
      const rows = new Map((await claimRows(db, ids, about)).map((row) => [row.id, row]));
      for (const { id, take } of wanted) {
        take(rows.get(id));
        rows.delete(id);
      }
      return new Map();
    },
  });

  return {
    owner,
    clock: leaseClock,
    leaseMs,
    next,
    async renew(held) {
      if (!held.length) return [];
      const kept = await update(
        sql`UPDATE "execution" SET "leaseUntil" = ${next().until}
          WHERE "id" ${anyOf(held)} AND "leaseOwner" = ${owner} AND ${OPEN} RETURNING "id"`,
      );
      const keptIds = new Set(kept.map(({ id }) => id));
      return held.filter((id) => !keptIds.has(id));
    },
    async claim(id) {
      const taken: { row?: ExecutionRow | undefined } = {};
      await claims.add({ id, take: (row) => (taken.row = row) });
      return taken.row;
    },
    async release(ids) {
      if (!ids.length) return [];
      return update(
        sql`UPDATE "execution" SET ${UNHELD},
          "restarts" = CASE WHEN "restarts" > 0 THEN "restarts" - 1 ELSE 0 END
          WHERE "id" ${anyOf(ids)} AND "leaseOwner" = ${owner} AND ${OPEN} RETURNING "id", "fence"`,
      );
    },
    async releaseOthers() {
      await update(
        sql`UPDATE "execution" SET ${UNHELD}
          WHERE ${OPEN} AND "leaseOwner" IS NOT NULL AND "leaseOwner" <> ${owner} RETURNING "id"`,
      );
    },
    async endPause(id, outputs) {
      const resumeData = JSON.stringify(outputs ? { outputs } : {});
      const [row] = await update(
        sql`UPDATE "execution" SET ${UNHELD}, "status" = 'running', "waitUntil" = NULL,
          "resumeData" = ${resumeData}
          WHERE "id" = ${id} AND "status" = 'waiting' AND "inFlight" IS NULL
          RETURNING "id", "fence"`,
      );
      return row?.fence;
    },
    async decide(id, decision) {
      const inFlight = decision === 'again' ? raw('NULL') : FAILED;
      const [row] = await update(
        sql`UPDATE "execution" SET ${UNHELD}, "status" = 'running', "error" = NULL,
          "inFlight" = ${inFlight}
          WHERE "id" = ${id} AND "status" = 'waiting' AND "inFlight" IS NOT NULL
          RETURNING "id", "fence"`,
      );
      return row?.fence;
    },
    async cancel(id) {
      const rows = await update(
        sql`UPDATE "execution" SET ${UNHELD}, "status" = 'canceled', "finishedAt" = ${clock.now()},
          "waitUntil" = NULL, "limitedBy" = NULL
          WHERE "id" = ${id} AND "status" IN ('new', 'running', 'waiting') RETURNING "id"`,
      );
      return rows.length === 1;
    },
  };
}

/** Nobody holds it, and who did can write no more. */
const UNHELD = raw(`"leaseOwner" = NULL, "leaseUntil" = NULL, "fence" = "fence" + 1`);

/** See `readInFlight`. */
const FAILED = raw(`'{"failed":' || "inFlight" || '}'`);

interface Claim {
  readonly id: string;
  take(row: ExecutionRow | undefined): void;
}
