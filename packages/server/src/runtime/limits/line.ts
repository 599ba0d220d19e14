import type { EntityManager } from 'typeorm';
import { HELD_BY_WORKFLOW, type Database } from '../../db/index.ts';
import { raw, sqlFor, type Statement } from '../sql.ts';
import { oneAtATime, sameKey, WAITS } from './gate.ts';

/** An execution that waits for a limit, as queues need to know it. */
export interface Waiting {
  readonly id: string;
  readonly fence: number;
}

/** Who comes first among those that wait for limits. */
export interface Line {
  /** Who may have room when a place of this workflow and key gets free: the oldest of each line. */
  next(workflowId: string, limitKey: string | null): Promise<readonly Waiting[]>;
  /** Those whose window has room from now on. */
  due(): Promise<readonly Waiting[]>;
  /** The first of every line, whatever it waits for: in case nobody told that there is room. */
  heads(): Promise<readonly Waiting[]>;
}

const PAGE = 500;
/** A lease that ran out is for the sweep; who holds one is on its way. */
const AT_HAND = raw('"leaseOwner" IS NULL');

/** @param now - The database's time. */
export function createLine(db: Database, { now }: { now: () => number }): Line {
  const sql = sqlFor(db);
  const read = ({ text, params }: Statement, manager: EntityManager = db.source.manager) =>
    manager.query<readonly Waiting[]>(text, [...params]);

  return {
    next: (workflowId, limitKey) =>
      oneAtATime(db, workflowId, (manager) =>
        read(
          sql`SELECT "id", "fence" FROM "execution" WHERE "id" IN (
            (SELECT "id" FROM "execution" WHERE ${WAITS} AND "workflowId" = ${workflowId}
              AND "limitKey" ${sameKey(limitKey)} ORDER BY "id" LIMIT 1),
            (SELECT "id" FROM "execution" WHERE ${WAITS} AND "workflowId" = ${workflowId}
              AND ${raw(HELD_BY_WORKFLOW)} ORDER BY "id" LIMIT 1))
            AND ${AT_HAND} AND ("waitUntil" IS NULL OR "waitUntil" <= ${now()}) ORDER BY "id"`,
          manager,
        ),
      ),
    due: () =>
      read(
        sql`SELECT "id", "fence" FROM "execution" WHERE ${WAITS} AND "waitUntil" <= ${now()}
          AND ${AT_HAND} ORDER BY "waitUntil" LIMIT ${PAGE}`,
      ),
    heads: () =>
      read(
        sql`SELECT "id", "fence" FROM "execution" WHERE "id" IN (
            SELECT min("id") FROM "execution" WHERE ${WAITS} GROUP BY "workflowId", "limitKey")
          AND ${AT_HAND} AND ("waitUntil" IS NULL OR "waitUntil" <= ${now()})
          ORDER BY "id" LIMIT ${PAGE}`,
      ),
  };
}
