import { InputError } from '../item-fields/input.error.ts';

const MAX_BYTES = 4 * 1024 ** 3;
/** TikTok takes chunks of 5 to 64 MB, at most 1000; files below twice this go as one. */
const CHUNK_BYTES = 10_000_000;

export interface ChunkPlan {
  readonly videoSize: number;
  readonly chunkSize: number;
  readonly count: number;
}

/**
 * How TikTok wants a file cut: `count = floor(size / chunk)`, all chunks alike but the last, which
 * takes the rest.
 *
 * @throws {InputError} for a file that is empty or larger than TikTok takes.
 * @see https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide
 */
export function planChunks(videoSize: number): ChunkPlan {
  if (videoSize === 0 || videoSize > MAX_BYTES)
    throw new InputError(
      `A video of ${videoSize} bytes cannot be uploaded to TikTok`,
      'Give a file of 1 byte to 4 GB',
    );
  const chunkSize = videoSize < 2 * CHUNK_BYTES ? videoSize : CHUNK_BYTES;
  return { videoSize, chunkSize, count: Math.floor(videoSize / chunkSize) };
}

/** First and last byte of the chunk that begins at or before `offset`; `undefined` when nothing is left. */
export function chunkAt(
  { videoSize, chunkSize, count }: ChunkPlan,
  offset: number,
): { readonly first: number; readonly last: number } | undefined {
  if (offset >= videoSize) return undefined;
  const index = Math.min(Math.floor(offset / chunkSize), count - 1);
  const first = index * chunkSize;
  return { first, last: index === count - 1 ? videoSize - 1 : first + chunkSize - 1 };
}
