import { IsNull, type EntityManager } from 'typeorm';
import { ExecutionEntity, type Database, type ExecutionRow } from '../db/index.ts';
import type { Job } from './job.ts';
import type { QueueEntry } from './queue/queue.types.ts';
import { returning, sqlFor } from './sql.ts';

/** Executions of one workflow that may be under way at once; `undefined` for as many as there is room for. */
export function slotsOf({ workflow }: Job): number | undefined {
  const limit = workflow.json.settings?.maxConcurrency;
  return typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : undefined;
}

/**
 * Begins a new execution when its workflow has a slot free, over all processes; else gives it back.
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
  return oneAtATime(db, workflowId, async (manager) => {
    const [entered] = await returning<ExecutionRow>(
      manager,
      sql`UPDATE "execution" SET "status" = 'running', "startedAt" = ${now}
        WHERE "id" = ${id} AND "fence" = ${fence} AND (
          SELECT count(*) FROM "execution" WHERE "workflowId" = ${workflowId}
          AND "status" = 'running' AND "leaseOwner" IS NOT NULL) < ${limit}
        RETURNING *`,
    );
    if (entered) return entered;
    await returning(
      manager,
      sql`UPDATE "execution" SET "leaseOwner" = NULL, "leaseUntil" = NULL, "fence" = "fence" + 1
        WHERE "id" = ${id} AND "fence" = ${fence} RETURNING "id"`,
    );
    return undefined;
  });
}

/** Who comes next when a slot is free: the oldest that was given back. */
export function nextForSlot(db: Database, workflowId: string): Promise<QueueEntry[]> {
  return oneAtATime(db, workflowId, async (manager) => {
    const row = await manager.findOne(ExecutionEntity, {
      where: { workflowId, status: 'new', leaseOwner: IsNull() },
      select: { id: true, fence: true },
      order: { id: 'ASC' },
    });
    return row ? [{ id: row.id, fence: row.fence, urgency: 'normal' }] : [];
  });
}

/** Nobody enters or looks for who is next while another does: a slot that gets free is never overlooked. */
function oneAtATime<T>(
  db: Database,
  workflowId: string,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return db.transaction(async (manager) => {
    if (db.dialect === 'postgres')
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [workflowId]);
    return work(manager);
  });
}
