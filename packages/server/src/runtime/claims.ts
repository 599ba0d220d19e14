import type { Database, ExecutionRow } from '../db/index.ts';
import { anyOf, changed, sqlFor } from './sql.ts';

/**
 * Takes executions nobody holds: new and running ones without a lease, and pauses whose time has
 * come. Each claim raises the fencing number, so that an earlier holder can write no more.
 *
 * @returns The rows as they are now; those somebody else was quicker for are missing.
 */
export function claimRows(
  db: Database,
  ids: readonly string[],
  { owner, until, now, wallNow }: { owner: string; until: number; now: number; wallNow: number },
): Promise<readonly ExecutionRow[]> {
  const sql = sqlFor(db);
  return changed<ExecutionRow>(
    db,
    sql`UPDATE "execution" SET
        "resumeData" = CASE WHEN "status" = 'waiting' THEN '{}' ELSE "resumeData" END,
        "status" = CASE WHEN "status" = 'waiting' THEN 'running' ELSE "status" END,
        "leaseOwner" = ${owner}, "leaseUntil" = ${until}, "fence" = "fence" + 1
        WHERE "id" ${anyOf(ids)} AND (
          ("status" IN ('new', 'running') AND ("leaseUntil" IS NULL OR "leaseUntil" < ${now}))
          OR ("status" = 'waiting' AND "waitUntil" <= ${wallNow}))
        RETURNING *`,
  );
}
