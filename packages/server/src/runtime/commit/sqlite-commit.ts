import type { EntityManager } from 'typeorm';
import {
  EXECUTION_COLUMNS,
  list,
  quote,
  RUN_COLUMNS,
  STATE_COLUMNS,
  type ExecutionWrite,
} from './execution-write.ts';

/** The part of better-sqlite3 used here. */
interface Statement {
  run(...values: unknown[]): { changes: number };
  get(...values: unknown[]): unknown;
}
interface Handle {
  prepare(sql: string): Statement;
}

/**
 * Writes all rows with prepared statements, without leaving the thread in between. Call inside a
 * transaction.
 *
 * @returns The writes that were refused because another holder has the execution.
 */
export async function commitToSqlite(
  manager: EntityManager,
  writes: readonly ExecutionWrite[],
): Promise<Set<ExecutionWrite>> {
  const handle: Handle = await manager.queryRunner?.connect();
  const statements = prepared(handle);
  const lost = new Set<ExecutionWrite>();

  for (const write of writes) {
    const { id, fence, insert, runs = [], update } = write;
    if (insert) statements.insert.run(...EXECUTION_COLUMNS.map((name) => insert[name]));
    else if (!statements.holds.get(id, fence)) {
      lost.add(write);
      continue;
    }
    for (const run of runs) statements.insertRun.run(...RUN_COLUMNS.map((name) => run[name]));
    if (update) statements.update.run(...STATE_COLUMNS.map((name) => update[name]), id, fence);
  }
  return lost;
}

interface Statements {
  readonly insert: Statement;
  readonly insertRun: Statement;
  readonly update: Statement;
  readonly holds: Statement;
}

const byHandle = new WeakMap<Handle, Statements>();

function prepared(handle: Handle): Statements {
  const known = byHandle.get(handle);
  if (known) return known;
  const statements = {
    insert: handle.prepare(
      `INSERT INTO "execution" (${list(EXECUTION_COLUMNS)}) VALUES (${marks(EXECUTION_COLUMNS)})`,
    ),
    insertRun: handle.prepare(
      `INSERT INTO "execution_run" (${list(RUN_COLUMNS)}) VALUES (${marks(RUN_COLUMNS)})`,
    ),
    update: handle.prepare(
      `UPDATE "execution" SET ${STATE_COLUMNS.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "id" = ? AND "fence" = ?`,
    ),
    holds: handle.prepare('SELECT 1 FROM "execution" WHERE "id" = ? AND "fence" = ?'),
  };
  byHandle.set(handle, statements);
  return statements;
}

const marks = (names: readonly string[]) => names.map(() => '?').join(', ');
