import type { Database as Handle, Statement } from 'better-sqlite3';
import type { PackedWrite } from './bulk-rows.ts';
import {
  CHUNK_COLUMNS,
  EXECUTION_COLUMNS,
  list,
  quote,
  RUN_COLUMNS,
  STATE_COLUMNS,
} from './execution-write.ts';

type Values = readonly unknown[];

/** A write as values in the order of the columns: little to copy on its way to another thread. */
export type SqliteWrite = readonly [
  id: string,
  fence: number,
  insert: Values | null,
  runs: readonly Values[],
  update: Values | null,
  chunks: readonly Values[],
  files: readonly string[],
];

export const toSqliteWrite = ({
  id,
  fence,
  insert,
  runs,
  update,
  chunks,
  files,
}: PackedWrite): SqliteWrite => [
  id,
  fence,
  insert ? EXECUTION_COLUMNS.map((name) => insert[name]) : null,
  runs?.map((run) => RUN_COLUMNS.map((name) => run[name])) ?? [],
  update ? STATE_COLUMNS.map((name) => update[name]) : null,
  chunks.map((chunk) => CHUNK_COLUMNS.map((name) => chunk[name])),
  files,
];

/** Writes all in one transaction; gives the indexes of writes that another holder's number refused. */
export type SqliteCommit = (writes: readonly SqliteWrite[]) => number[];

/** Prepares the statements of one connection. Nobody else may have a transaction open on it. */
export function prepareCommit(handle: Handle): SqliteCommit {
  const statements = prepare(handle);
  return (writes) => {
    statements.begin.run();
    try {
      const refused = writes.flatMap((write, index) => (apply(statements, write) ? [] : [index]));
      statements.commit.run();
      return refused;
    } catch (error) {
      if (handle.inTransaction) statements.rollback.run();
      throw error;
    }
  };
}

type Statements = ReturnType<typeof prepare>;

function apply(
  statements: Statements,
  [id, fence, insert, runs, update, chunks, files]: SqliteWrite,
): boolean {
  if (insert) statements.insert.run(insert);
  else if (!statements.holds.get(id, fence)) return false;
  for (const run of runs) statements.insertRun.run(run);
  for (const chunk of chunks) statements.insertChunk.run(chunk);
  for (const hash of files) statements.insertFile.run(id, hash);
  if (update) statements.update.run(update, id, fence);
  return true;
}

function prepare(handle: Handle) {
  const prepared = (sql: string): Statement => handle.prepare(sql);
  return {
    // Immediate: a writer of another process is waited for, not run into half-way.
    begin: prepared('BEGIN IMMEDIATE'),
    commit: prepared('COMMIT'),
    rollback: prepared('ROLLBACK'),
    insert: prepared(insertInto('execution', EXECUTION_COLUMNS)),
    insertRun: prepared(insertInto('execution_run', RUN_COLUMNS)),
    insertChunk: prepared(insertInto('execution_chunk', CHUNK_COLUMNS)),
    insertFile: prepared(
      'INSERT OR IGNORE INTO "execution_file" ("executionId", "hash") VALUES (?, ?)',
    ),
    update: prepared(
      `UPDATE "execution" SET ${STATE_COLUMNS.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "id" = ? AND "fence" = ?`,
    ),
    holds: prepared('SELECT 1 FROM "execution" WHERE "id" = ? AND "fence" = ?'),
  };
}

const insertInto = (table: string, names: readonly string[]) =>
  `INSERT INTO ${quote(table)} (${list(names)}) VALUES (${names.map(() => '?').join(', ')})`;
