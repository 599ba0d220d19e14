import type { HttpResponse } from '@millrace/workflow/ports';
import { chunkAt, type ChunkPlan } from './chunks.ts';
import type { PostStatus } from './post-status.ts';
import type { TikTokClient } from './tiktok-api.ts';
import { TikTokError } from './tiktok.error.ts';

const MOST_TROUBLES = 5;
const UPLOAD_MS = 300_000;

export interface VideoFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

export interface Upload {
  readonly client: TikTokClient;
  readonly url: string;
  readonly file: VideoFile;
  readonly plan: ChunkPlan;
  /** Bytes TikTok has already. */
  readonly from: number;
  /** Told after each chunk. */
  reached(bytes: number): Promise<void>;
  /** What TikTok has of it, asked when a chunk went wrong. */
  status(): Promise<PostStatus>;
}

/**
 * Uploads a video chunk by chunk, in order. After a chunk without a good answer TikTok is asked how
 * much it has, and the upload goes on from there.
 *
 * @throws {UploadError} when the address has expired or TikTok does not take the chunks.
 */
export async function uploadVideo(upload: Upload): Promise<void> {
  const { client, plan, reached, status } = upload;
  let offset = upload.from;
  let troubles = 0;
  for (let chunk = chunkAt(plan, offset); chunk; chunk = chunkAt(plan, offset)) {
    const answer = await sendChunk(upload, chunk);
    if (answer?.status === 201 || answer?.status === 206) {
      offset = answer.status === 201 ? plan.videoSize : chunk.last + 1;
      await reached(offset);
      continue;
    }
    troubles++;
    await client.sleep(1000 * 2 ** (troubles - 1));
    // The chunk may have arrived all the same, and if it was the last, the video is complete.
    const { state, uploadedBytes } = await status();
    if (state !== 'uploading') return;
    const canRetry = !answer || answer.status === 416 || answer.status >= 500;
    if (!canRetry || troubles === MOST_TROUBLES) throw new UploadError(answer?.status ?? 0);
    offset = uploadedBytes;
  }
}

/** @returns `undefined` when there was no answer. */
async function sendChunk(
  { client, url, file, plan }: Upload,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<HttpResponse | undefined> {
  try {
    return await client.http.request({
      method: 'PUT',
      url,
      headers: {
        'content-type': file.mimeType,
        'content-length': String(last - first + 1),
        'content-range': `bytes ${first}-${last}/${plan.videoSize}`,
      },
      body: file.bytes.subarray(first, last + 1),
      timeoutMs: UPLOAD_MS,
      maxRedirects: 0,
      signal: client.signal,
    });
  } catch {
    client.signal.throwIfAborted();
    return undefined;
  }
}

/** TikTok does not take the rest of the file. What it has is no post and never becomes one. */
export class UploadError extends TikTokError {
  constructor(status: number) {
    const isGone = status === 403 || status === 404 || status === 410;
    super(
      isGone
        ? 'The upload address is no longer good; it lives for an hour'
        : `The upload was answered with ${status || 'nothing'}`,
      {
        reason: isGone ? 'upload_url_expired' : 'upload_failed',
        problem: isGone ? 'permanent' : 'transient',
        status,
        logId: '',
      },
    );
  }
}
