import type { Outputs } from '@millrace/workflow/items';
import type { ExecutionRunRow } from '../../db/index.ts';
import { packOutputs, START_KEY, type Chunk } from '../outputs/pack-outputs.ts';
import type { ExecutionWrite } from './execution-write.ts';

/** A part of a large output, as stored. */
export interface ChunkRow
  extends Chunk, Pick<ExecutionRunRow, 'executionId' | 'node' | 'runIndex' | 'attempt'> {}

/** A write with all that hangs on its rows. */
export interface PackedWrite extends ExecutionWrite {
  readonly chunks: readonly ChunkRow[];
  /** SHA-256 of files the rows refer to: these may not be swept away. */
  readonly files: readonly string[];
}

/** A run whose outputs are too large for its row carries them beside it. */
export type RunWrite = ExecutionRunRow & { readonly bulk?: Outputs };

/** Compresses large outputs and finds references to files. At once when there is nothing to compress. */
export function pack(write: ExecutionWrite): PackedWrite | Promise<PackedWrite> {
  const { runs = [], insert } = write;
  const files = new Set<string>();
  for (const { outputs } of runs) collectFiles(outputs, files);
  if (insert?.triggerData) collectFiles(insert.triggerData, files);
  const hasBulk = write.bulkStart !== undefined || runs.some(({ bulk }) => bulk);
  return hasBulk ? packBulk(write, files) : { ...write, chunks: [], files: [...files] };
}

async function packBulk(write: ExecutionWrite, files: Set<string>): Promise<PackedWrite> {
  const onText = (text: string) => collectFiles(text, files);
  const chunks = write.bulkStart ? await startChunks(write.id, write.bulkStart, onText) : [];
  for (const { bulk, executionId, node, runIndex, attempt } of write.runs ?? []) {
    if (!bulk) continue;
    for (const chunk of await packOutputs(bulk, onText))
      chunks.push({ executionId, node, runIndex, attempt, ...chunk });
  }
  return { ...write, chunks, files: [...files] };
}

/** What a trigger brought, in the chunks that stand beside its execution's row. */
export async function startChunks(
  executionId: string,
  outputs: Outputs,
  onText?: (text: string) => void,
): Promise<ChunkRow[]> {
  const chunks = await packOutputs(outputs, onText);
  return chunks.map((chunk) => ({ executionId, ...START_KEY, ...chunk }));
}

const MARK = '"sha256:';
const FILE = /"sha256:([0-9a-f]{64})"/g;

function collectFiles(text: string, files: Set<string>): void {
  if (!text.includes(MARK)) return;
  for (const [, hash] of text.matchAll(FILE)) if (hash !== undefined) files.add(hash);
}
