import type { EntityManager } from 'typeorm';
import type { Database } from '../../db/index.ts';
import type { ChunkRow } from '../commit/bulk-rows.ts';
import { sqlFor } from '../sql.ts';

/** Stores one chunk in a transaction of the caller's. */
export async function insertChunk(
  db: Database,
  manager: EntityManager,
  { executionId, node, runIndex, attempt, part, output, data }: ChunkRow,
): Promise<void> {
  const { text, params } = sqlFor(db)`INSERT INTO "execution_chunk"
    ("executionId", "node", "runIndex", "attempt", "part", "output", "data")
    VALUES (${executionId}, ${node}, ${runIndex}, ${attempt}, ${part}, ${output}, ${data})`;
  await manager.query(text, [...params]);
}
