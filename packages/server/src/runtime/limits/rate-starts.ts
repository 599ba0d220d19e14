import type { RateLimit } from '@millrace/workflow/graph';
import type { EntityManager } from 'typeorm';
import { RateStartEntity, type Database, type RateStartRow } from '../../db/index.ts';
import { changed, raw, sqlFor, type Fragment } from '../sql.ts';

/** The database's time in a statement. SQLite has one process, whose clock is as good. */
export const databaseNow = (now: number): Fragment => ({
  postgres: 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)',
  sqlite: 'CAST(? AS integer)',
  param: { postgres: now, sqlite: now },
});

export const scopeOfWorkflow = (workflowId: string) => `workflow:${workflowId}`;
export const scopeOfKey = (workflowId: string, key: string) => `key:${workflowId}:${key}`;
export const scopeOfCredential = (id: string) => `credential:${id}`;

/** The latest start but `max - 1`: with it out of the window, there is room for one more. */
export function oldestStart(rate: RateLimit | undefined, scope: string): Fragment {
  if (!rate) return raw('NULL');
  const text = `(SELECT "at" FROM "rate_start" WHERE "scope" = ? ORDER BY "at" DESC LIMIT 1 OFFSET ${rate.max - 1})`;
  return { postgres: text, sqlite: text, param: { postgres: scope, sqlite: scope } };
}

/** Counts a start, as long as its window goes on. */
export async function noteStart(
  manager: EntityManager,
  {
    id,
    scope,
    at,
    executionId,
    node = null,
  }: Omit<RateStartRow, 'until' | 'node'> & { node?: string | null },
  { periodSeconds }: RateLimit,
): Promise<void> {
  const until = at + periodSeconds * 1000;
  await manager.insert(RateStartEntity, { id, scope, at, until, executionId, node });
}

/** Starts that count no more go, a bounded number at a time. */
export async function forgetStarts(db: Database, now: number): Promise<void> {
  const sql = sqlFor(db);
  await changed(
    db,
    sql`DELETE FROM "rate_start" WHERE "id" IN (
      SELECT "id" FROM "rate_start" WHERE "until" <= ${now} LIMIT 10000)`,
  );
}
