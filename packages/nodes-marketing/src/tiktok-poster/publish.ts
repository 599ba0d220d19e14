import type { Tables } from '@millrace/workflow/node-api';
import { planChunks } from './chunks.ts';
import { postStatus, type PostStatus } from './post-status.ts';
import {
  openPublication,
  take,
  type Asked,
  type HeldPublication,
  type Publication,
} from './publication.ts';
import { wasNeverSent } from '../service-calls/never-sent.ts';
import { callTikTok, oddAnswer, type TikTokClient } from './tiktok-api.ts';
import { TikTokError } from './tiktok.error.ts';
import { UploadError, uploadVideo, type VideoFile } from './upload.ts';

/** One video to post. */
export interface Post {
  readonly tables: Tables;
  readonly client: TikTokClient;
  readonly asked: Asked;
  readonly source:
    | ({ readonly kind: 'file' } & VideoFile)
    /** TikTok fetches it; its domain has to be verified there. */
    | { readonly kind: 'url'; readonly url: string };
  /** `post_info` of a direct post; a draft gets its caption in the app. */
  readonly info: object | undefined;
  /** How long to wait for TikTok's work; what takes longer is asked after later. */
  readonly patienceMs: number;
  now(): number;
}

export interface Published {
  readonly row: Publication;
  readonly postId?: string;
}

const SHORTEST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Brings a publication to its end, from wherever it is. What was reached is written down before the
 * next step, so that after a crash the same post goes on and is never begun a second time:
 *
 * - A file that is not all uploaded is not a post: its beginning may be repeated.
 * - With an address TikTok posts as soon as it is asked: when nobody knows whether it was, the
 *   publication is `unknown` and left alone.
 * - From then on TikTok is only asked how far it is.
 */
export async function publish(post: Post): Promise<Published> {
  const { tables, asked, now } = post;
  const present = await openPublication(tables, asked);
  if (present.state === 'done') return { row: present };
  const held = await take(tables, present, { holder: asked.holder, now });
  if (!held) return { row: present };
  try {
    return await goOn(post, held, present);
  } finally {
    await held.write({ heldUntil: now() });
  }
}

async function goOn(post: Post, held: HeldPublication, row: Publication): Promise<Published> {
  const wasBegun = row.state === 'created' && row.fence > 0;
  switch (row.state) {
    case 'created':
    case 'failed': {
      if (wasBegun && post.source.kind === 'url') {
        await held.write({ state: 'unknown', error: 'The process ended while it was begun' });
        return { row: held.row };
      }
      const begun = await initiate(post, held);
      return begun ? finish(post, held, begun) : { row: held.row };
    }
    case 'initiated':
    case 'uploaded':
    case 'processing':
    case 'unknown':
      return row.remoteId === null ? { row } : finish(post, held, await standing(post, row));
    case 'done':
      return { row };
    default:
      return row.state satisfies never;
  }
}

interface Standing {
  readonly publishId: string;
  /** Where the rest of the file goes; absent when TikTok has all it needs. */
  readonly uploadUrl: string | undefined;
  readonly uploadedBytes: number;
}

/** Tells TikTok what is coming. @returns `undefined` when it may or may not have begun. */
async function initiate(post: Post, held: HeldPublication): Promise<Standing | undefined> {
  const { client, source, asked, info } = post;
  await requireHeld(held, { state: 'created', error: null, remoteId: null, uploadedBytes: 0 });
  try {
    const data = await callTikTok(client, {
      path:
        asked.mode === 'draft'
          ? '/v2/post/publish/inbox/video/init/'
          : '/v2/post/publish/video/init/',
      body: { ...(info && { post_info: info }), source_info: sourceInfo(source) },
      isOnce: source.kind === 'url',
    });
    const publishId = String(data['publish_id'] ?? '');
    const uploadUrl = source.kind === 'file' ? String(data['upload_url'] ?? '') : undefined;
    if (publishId === '' || uploadUrl === '') throw oddAnswer(source.kind === 'url');
    await requireHeld(held, {
      state: source.kind === 'file' ? 'initiated' : 'processing',
      remoteId: publishId,
      uploadUrl: uploadUrl ?? null,
    });
    return { publishId, uploadUrl, uploadedBytes: 0 };
  } catch (error) {
    const isOpen = source.kind === 'url' && !isRefusal(error);
    const message = error instanceof Error ? error.message : String(error);
    await held.write({ state: isOpen ? 'unknown' : 'failed', error: message });
    if (isOpen && error instanceof TikTokError) return undefined;
    throw error;
  }
}

const isRefusal = (error: unknown) =>
  error instanceof TikTokError ? error.problem !== 'ambiguous' : wasNeverSent(error);

function sourceInfo(source: Post['source']): object {
  if (source.kind === 'url') return { source: 'PULL_FROM_URL', video_url: source.url };
  const { videoSize, chunkSize, count } = planChunks(source.bytes.length);
  return {
    source: 'FILE_UPLOAD',
    video_size: videoSize,
    chunk_size: chunkSize,
    total_chunk_count: count,
  };
}

/** How far an interrupted publication is, by what TikTok says. */
async function standing({ client }: Post, row: Publication): Promise<Standing> {
  const publishId = row.remoteId ?? '';
  if (row.state !== 'initiated') return { publishId, uploadUrl: undefined, uploadedBytes: 0 };
  const { state, uploadedBytes } = await postStatus(client, publishId);
  const uploadUrl = state === 'uploading' ? (row.uploadUrl ?? undefined) : undefined;
  return { publishId, uploadUrl, uploadedBytes };
}

/** Uploads what is missing, then waits for TikTok. */
async function finish(post: Post, held: HeldPublication, at: Standing): Promise<Published> {
  const { client, source, patienceMs, now } = post;
  const status = () => postStatus(client, at.publishId);
  if (source.kind === 'file' && at.uploadUrl !== undefined) {
    try {
      await uploadVideo({
        client,
        status,
        url: at.uploadUrl,
        file: source,
        plan: planChunks(source.bytes.length),
        from: at.uploadedBytes,
        reached: (uploadedBytes) => requireHeld(held, { uploadedBytes }),
      });
    } catch (error) {
      if (error instanceof UploadError) await held.write({ state: 'failed', error: error.message });
      throw error;
    }
    await requireHeld(held, { state: 'uploaded', uploadUrl: null });
  }
  const until = now() + patienceMs;
  for (let waitMs = SHORTEST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const told = await record(held, await status());
    if (told.row.state !== 'processing' || now() + waitMs > until) return told;
    await client.sleep(waitMs);
  }
}

/**
 * Writes down what TikTok says of a post.
 *
 * @throws {TikTokError} when TikTok could not post it, with its reason.
 */
export async function record(held: HeldPublication, status: PostStatus): Promise<Published> {
  const { postId, failReason } = status;
  const isDone =
    status.state === 'published' || (status.state === 'inInbox' && held.row.mode === 'draft');
  if (status.state === 'failed') {
    await held.write({ state: 'failed', error: failReason });
    const reason = failReason || 'failed';
    const details = { reason, problem: 'permanent', status: 200, logId: '' } as const;
    throw new TikTokError('The video could not be posted', details);
  }
  const values = {
    state: isDone ? ('done' as const) : ('processing' as const),
    error: null,
    ...(postId !== undefined && { url: `https://www.tiktok.com/@/video/${postId}` }),
  };
  await requireHeld(held, values);
  return { row: held.row, ...(postId !== undefined && { postId }) };
}

/** @throws when another run has taken it over: two must not work on one post. */
async function requireHeld(held: HeldPublication, values: Partial<Publication>): Promise<void> {
  if (await held.write(values)) return;
  throw new TikTokError('Another run has taken this post over', {
    reason: 'taken_over',
    problem: 'permanent',
    status: 0,
    logId: '',
  });
}
