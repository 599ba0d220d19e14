import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type { Item, Outputs } from '@millrace/workflow/items';
import { createListBuffer } from './list-buffer.ts';

/** Serialized outputs above this are stored in chunks. */
export const INLINE_LIMIT = 256 * 1024;

/** Bytes of one chunk before compression: what is in memory at a time. */
const CHUNK_LENGTH = 512 * 1024;

/** With more items than this, a few tell how large all are. */
const SAMPLES = 16;

/** Where chunks of what a trigger brought stand: no run has this name. */
export const START_KEY = { node: '', runIndex: -1, attempt: 0 } as const;

/** Some items of one output, compressed. */
export interface Chunk {
  readonly part: number;
  readonly output: number;
  readonly data: Uint8Array;
}

/** What stands in a run's row in place of its outputs: items per output, null for one without. */
export interface ChunkedOutputs {
  readonly chunkedCounts: readonly (number | null)[];
}

/** The outputs as JSON, or `undefined` when they are too large to stand in a row. */
export function inlineOutputs(outputs: Outputs): string | undefined {
  if (estimate(outputs) > INLINE_LIMIT * 4) return undefined;
  const text = JSON.stringify(outputs);
  return text.length > INLINE_LIMIT ? undefined : text;
}

/** A cheap guess, so that a hundred megabytes are not made into one string to be measured. */
function estimate(outputs: Outputs): number {
  let length = 0;
  for (const batch of outputs) {
    if (!batch || batch.length <= SAMPLES) continue;
    const step = Math.floor(batch.length / SAMPLES);
    let sampled = 0;
    for (let at = 0; at < SAMPLES; at++) sampled += JSON.stringify(batch[at * step]).length;
    length += (sampled / SAMPLES) * batch.length;
  }
  return length;
}

export const chunkedRow = (outputs: Outputs): string =>
  JSON.stringify({
    chunkedCounts: outputs.map((batch) => batch?.length ?? null),
  } satisfies ChunkedOutputs);

const compress = promisify(zstdCompress);

/**
 * Serializes and compresses outputs chunk by chunk, off the event loop, with one chunk's text in
 * memory at a time.
 *
 * @param onText - Sees each item's text.
 */
export async function packOutputs(
  outputs: Outputs,
  onText: (text: string) => void = () => undefined,
): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  const list = createListBuffer(2 * CHUNK_LENGTH);
  const close = async (output: number) => {
    chunks.push({ part: chunks.length, output, data: await compress(list.take()) });
  };
  for (const [output, batch] of outputs.entries()) {
    for (const item of batch ?? []) {
      const text = serialize(item);
      onText(text);
      list.add(text);
      if (list.length >= CHUNK_LENGTH) await close(output);
    }
    if (list.length > 0) await close(output);
  }
  return chunks;
}

const serialize = (item: Item): string => JSON.stringify(item);
