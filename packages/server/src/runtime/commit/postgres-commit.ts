import type { EntityManager } from 'typeorm';
import type { ExecutionRow } from '../../db/index.ts';
import {
  CHUNK_COLUMNS,
  EXECUTION_COLUMNS,
  list,
  quote,
  RUN_COLUMNS,
  STATE_COLUMNS,
} from './execution-write.ts';
import type { ChunkRow, PackedWrite } from './bulk-rows.ts';

/**
 * Writes all rows with one statement per table, whatever their number: rows travel as one JSON
 * parameter. Call inside a transaction.
 *
 * @returns The writes that were refused because another holder has the execution.
 */
export async function commitToPostgres(
  manager: EntityManager,
  writes: readonly PackedWrite[],
): Promise<Set<PackedWrite>> {
  const inserts = writes.flatMap(({ insert }) => insert ?? []);
  if (inserts.length) await manager.query(INSERT, [JSON.stringify(inserts)]);

  const lost = await refused(manager, writes);
  const kept = writes.filter((write) => !lost.has(write));
  const runs = kept.flatMap((write) => write.runs ?? []);
  if (runs.length)
    await manager.query(INSERT_RUNS, [JSON.stringify(runs.map(({ bulk: _bulk, ...row }) => row))]);

  for (const chunks of inGroups(kept.flatMap((write) => write.chunks)))
    await manager.query(
      INSERT_CHUNKS,
      CHUNK_COLUMNS.map((name) => chunks.map((chunk) => chunk[name])),
    );
  const files = kept.flatMap((write) => write.files.map((hash) => [write.id, hash] as const));
  if (files.length)
    await manager.query(INSERT_FILES, [files.map(([id]) => id), files.map(([, hash]) => hash)]);

  const updates = new Map(kept.flatMap(({ update }) => (update ? [[update.id, update]] : [])));
  if (updates.size) await manager.query(UPDATE, [JSON.stringify([...updates.values()])]);
  return lost;
}

/** Locks the rows, so that nobody can take an execution over before the transaction ends. */
async function refused(
  manager: EntityManager,
  writes: readonly PackedWrite[],
): Promise<Set<PackedWrite>> {
  const claims = writes.filter(({ insert }) => !insert);
  if (!claims.length) return new Set();
  const rows: readonly Pick<ExecutionRow, 'id' | 'fence'>[] = await manager.query(
    'SELECT "id", "fence" FROM "execution" WHERE "id" = ANY($1) ORDER BY "id" FOR NO KEY UPDATE',
    [claims.map(({ id }) => id)],
  );
  const fences = new Map(rows.map(({ id, fence }) => [id, fence]));
  for (const { insert } of writes) if (insert) fences.set(insert.id, insert.fence);
  return new Set(claims.filter(({ id, fence }) => fences.get(id) !== fence));
}

const BIGINT = new Set(['createdAt', 'startedAt', 'finishedAt', 'waitUntil', 'leaseUntil']);
const INTEGER = new Set([
  'fence',
  'runIndex',
  'attempt',
  'seq',
  'durationMs',
  'restarts',
  'restartRuns',
]);

const typed = (names: readonly string[]) =>
  names
    .map(
      (name) =>
        `${quote(name)} ${BIGINT.has(name) ? 'bigint' : INTEGER.has(name) ? 'integer' : 'text'}`,
    )
    .join(', ');

const insertInto = (table: string, names: readonly string[]) =>
  `INSERT INTO ${quote(table)} (${list(names)}) SELECT ${list(names)} FROM json_to_recordset($1::json) AS v(${typed(names)})`;

const INSERT = insertInto('execution', EXECUTION_COLUMNS);
const INSERT_RUNS = insertInto('execution_run', RUN_COLUMNS);
const UPDATE = `UPDATE "execution" SET ${STATE_COLUMNS.map((name) => `${quote(name)} = v.${quote(name)}`).join(', ')} FROM json_to_recordset($1::json) AS v("id" text, "fence" integer, ${typed(STATE_COLUMNS)}) WHERE "execution"."id" = v."id" AND "execution"."fence" = v."fence"`;

/** A few megabytes per statement: its parameters are written out as text. */
const GROUP = 16;

const inGroups = (chunks: readonly ChunkRow[]) =>
  Array.from({ length: Math.ceil(chunks.length / GROUP) }, (_, at) =>
    chunks.slice(at * GROUP, (at + 1) * GROUP),
  );

const INSERT_CHUNKS = `INSERT INTO "execution_chunk" (${list(CHUNK_COLUMNS)})
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::bytea[])`;
const INSERT_FILES = `INSERT INTO "execution_file" ("executionId", "hash")
  SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`;
