import type { Client } from 'pg';
import type { Database, ExecutionRow } from '../../db/index.ts';
import type { ChunkRow, PackedWrite } from './bulk-rows.ts';
import {
  CHUNK_COLUMNS,
  EXECUTION_COLUMNS,
  list,
  quote,
  RUN_COLUMNS,
  STATE_COLUMNS,
} from './execution-write.ts';

/**
 * Writes all rows, whatever their number, with one statement and so in one journey: rows travel as
 * JSON parameters. Only large outputs and files need more, and a transaction around it.
 *
 * @returns The writes that were refused because another holder has the execution.
 */
export async function commitToPostgres(
  db: Database,
  writes: readonly PackedWrite[],
): Promise<Set<PackedWrite>> {
  const runner = db.source.createQueryRunner();
  try {
    const client: Client = await runner.connect();
    if (!writes.some(({ chunks, files }) => chunks.length || files.length))
      return await writeRows(client, writes);
    await runner.startTransaction();
    try {
      const lost = await writeRows(client, writes);
      await writeBulk(
        client,
        writes.filter((write) => !lost.has(write)),
      );
      await runner.commitTransaction();
      return lost;
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  } finally {
    await runner.release();
  }
}

async function writeRows(
  client: Client,
  writes: readonly PackedWrite[],
): Promise<Set<PackedWrite>> {
  const inserts = new Map(writes.flatMap(({ insert }) => (insert ? [[insert.id, insert]] : [])));
  /** What an update makes of a row that is inserted beside it, which the statement could not see. */
  const ended = new Map<string, ExecutionRow>();
  const updates = new Map<string, ExecutionRow>();
  for (const { id, fence, update } of writes) {
    const made = inserts.get(id);
    if (update && made?.fence === fence) ended.set(id, { ...update, fence });
    else if (update && !made) updates.set(`${id} ${fence}`, { ...update, fence });
  }
  const rows = writes.flatMap(({ insert }) => (insert ? (ended.get(insert.id) ?? insert) : []));
  const runs = writes.flatMap(({ runs: of = [], fence }) =>
    of.map(({ bulk: _bulk, ...row }) => ({ ...row, fence })),
  );
  const claims = writes.filter(({ id }) => !inserts.has(id)).map(({ id }) => ({ id }));
  const values = [claims, rows, runs, [...updates.values()]];
  const found = await client.query<{ id: string; fence: number }>({
    name: 'millrace-commit',
    text: WRITE,
    values: values.map((each) => JSON.stringify(each)),
  });
  const held = new Map(found.rows.map(({ id, fence }) => [id, fence]));
  return new Set(writes.filter(({ id, fence }) => held.get(id) !== fence));
}

async function writeBulk(client: Client, writes: readonly PackedWrite[]): Promise<void> {
  for (const chunks of inGroups(writes.flatMap((write) => write.chunks)))
    await client.query(
      INSERT_CHUNKS,
      CHUNK_COLUMNS.map((name) => chunks.map((chunk) => chunk[name])),
    );
  const files = writes.flatMap((write) => write.files.map((hash) => ({ id: write.id, hash })));
  if (files.length)
    await client.query(INSERT_FILES, [files.map(({ id }) => id), files.map(({ hash }) => hash)]);
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

/**
 * Locks the rows claimed, so that nobody takes an execution over before the end; what hangs on a
 * claim is written only where the number still is the one claimed. Gives the numbers found.
 */
const WRITE = `WITH "locked" AS MATERIALIZED (
    SELECT "id", "fence" FROM "execution"
    WHERE "id" IN (SELECT "id" FROM json_to_recordset($1::json) AS v("id" text))
    ORDER BY "id" FOR NO KEY UPDATE
  ), "inserted" AS (
    INSERT INTO "execution" (${list(EXECUTION_COLUMNS)})
    SELECT ${list(EXECUTION_COLUMNS)} FROM json_to_recordset($2::json) AS v(${typed(EXECUTION_COLUMNS)})
    RETURNING "id", "fence"
  ), "held" AS MATERIALIZED (
    SELECT * FROM "locked" UNION ALL SELECT * FROM "inserted"
  ), "journal" AS (
    INSERT INTO "execution_run" (${list(RUN_COLUMNS)})
    SELECT ${RUN_COLUMNS.map((name) => `v.${quote(name)}`).join(', ')}
    FROM json_to_recordset($3::json) AS v(${typed(RUN_COLUMNS)}, "fence" integer)
    JOIN "held" ON "held"."id" = v."executionId" AND "held"."fence" = v."fence"
  ), "updated" AS (
    UPDATE "execution" SET ${STATE_COLUMNS.map((name) => `${quote(name)} = v.${quote(name)}`).join(', ')}
    FROM json_to_recordset($4::json) AS v("id" text, "fence" integer, ${typed(STATE_COLUMNS)})
    JOIN "held" ON "held"."id" = v."id" AND "held"."fence" = v."fence"
    WHERE "execution"."id" = v."id" AND "execution"."fence" = v."fence"
  )
  SELECT "id", "fence" FROM "held"`;

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
