import type { Database, ExecutionRow } from '../db/index.ts';
import type { Job } from './job.ts';
import { returning, sqlFor } from './sql.ts';

/** Executions of one workflow that may be under way at once; `undefined` for as many as there is room for. */
export function slotsOf({ workflow }: Job): number | undefined {
  const limit = workflow.json.settings?.maxConcurrency;
  return typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : undefined;
}

/**
 * Begins a new execution when its workflow has a slot free, over all processes: those that run are
 * counted and this one is marked in one transaction that no other for the workflow can run beside.
 *
 * @returns Its row as it is now; `undefined` when all slots are taken.
 */
export function enterSlot(
  db: Database,
  { row }: Job,
  { limit, now }: { limit: number; now: number },
): Promise<ExecutionRow | undefined> {
  const sql = sqlFor(db);
  const { id, fence, workflowId } = row;
  return db.transaction(async (manager) => {
    if (db.dialect === 'postgres')
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [workflowId]);
    const [entered] = await returning<ExecutionRow>(
      manager,
      sql`UPDATE "execution" SET "status" = 'running', "startedAt" = ${now}
        WHERE "id" = ${id} AND "fence" = ${fence} AND (
          SELECT count(*) FROM "execution" WHERE "workflowId" = ${workflowId}
          AND "status" = 'running' AND "leaseOwner" IS NOT NULL) < ${limit}
        RETURNING *`,
    );
    return entered;
  });
}
