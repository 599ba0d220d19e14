import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Batch, Item, Outputs } from '@millrace/workflow/items';
import type { RunRecord } from '@millrace/workflow/ports';
import {
  ExecutionRunEntity,
  type Database,
  type ExecutionRow,
  type ExecutionRunRow,
} from '../../db/index.ts';
import { readBatches, readRun } from '../execution-rows.ts';
import { packedRuns } from '../run-packs.ts';
import { sqlFor } from '../sql.ts';
import { START_KEY, type Chunk, type ChunkedOutputs } from './pack-outputs.ts';

/** The journal of an execution in time order, large outputs included. */
export async function loadRuns(db: Database, executionId: string): Promise<RunRecord[]> {
  const rows = await db.source
    .getRepository(ExecutionRunEntity)
    .find({ where: { executionId }, order: { seq: 'ASC' } });
  const runs: RunRecord[] = [];
  for (const row of rows) {
    const chunked = readChunked(row.outputs);
    runs.push(
      chunked
        ? { ...readRun({ ...row, outputs: '[]' }), outputs: await unpack(db, row, chunked) }
        : readRun(row),
    );
    runs.push(...packedRuns(row));
  }
  return runs.toSorted((a, b) => a.seq - b.seq);
}

/** What an execution's trigger brought; `undefined` when it brought nothing. */
export async function loadStart(
  db: Database,
  { id, triggerData }: Pick<ExecutionRow, 'id' | 'triggerData'>,
): Promise<readonly Batch[] | undefined> {
  const chunked = triggerData === null ? undefined : readChunked(triggerData);
  if (!chunked) return readBatches(triggerData);
  const outputs = await unpack(db, { executionId: id, ...START_KEY }, chunked);
  return outputs.map((batch) => batch ?? []);
}

type ChunkKey = Pick<ExecutionRunRow, 'executionId' | 'node' | 'runIndex' | 'attempt'>;

/** Rows in chunks hold an object where others hold the list of outputs. */
function readChunked(outputs: string): ChunkedOutputs | undefined {
  return outputs.startsWith('{') ? JSON.parse(outputs) : undefined;
}

const decompress = promisify(zstdDecompress);

async function unpack(
  db: Database,
  key: ChunkKey,
  { chunkedCounts }: ChunkedOutputs,
): Promise<Outputs> {
  const outputs = chunkedCounts.map((count): Item[] | undefined =>
    count === null ? undefined : [],
  );
  for (let part = 0; ; part++) {
    const chunk = await readChunk(db, key, part);
    if (!chunk) return outputs;
    const items: Item[] = JSON.parse((await decompress(chunk.data)).toString());
    const batch = outputs[chunk.output];
    for (const item of items) batch?.push(item);
  }
}

/** One at a time: their texts together may be far larger than what they become. */
async function readChunk(
  db: Database,
  { executionId, node, runIndex, attempt }: ChunkKey,
  part: number,
): Promise<Pick<Chunk, 'output' | 'data'> | undefined> {
  const { text, params } = sqlFor(db)`SELECT "output", "data" FROM "execution_chunk"
    WHERE "executionId" = ${executionId} AND "node" = ${node} AND "runIndex" = ${runIndex}
      AND "attempt" = ${attempt} AND "part" = ${part}`;
  const rows: readonly Pick<Chunk, 'output' | 'data'>[] = await db.source.query(text, [...params]);
  return rows[0];
}
