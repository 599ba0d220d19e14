import type { ServiceAnswer, ServiceCall } from './fake-service.ts';

export interface FakePost {
  readonly mode: 'draft' | 'direct';
  readonly info: Record<string, unknown>;
  /** Bytes of the file; 0 when TikTok fetches it. */
  readonly size: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
  readonly chunks: { readonly first: number; readonly last: number }[];
  received: number;
  polls: number;
}

const MIB = 1024 * 1024;

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Reads an init call by TikTok's rules. */
export function beginPost(
  { path, body }: ServiceCall,
  privacyLevels: readonly string[],
): Refusal | { readonly prefix: string; readonly post: FakePost } {
  const {
    post_info: info,
    source_info: source,
  }: Record<string, Record<string, unknown>> = JSON.parse(body.toString());
  const mode = path.includes('/inbox/') ? 'draft' : 'direct';
  if (mode === 'direct' && !privacyLevels.includes(String(info?.['privacy_level'])))
    return { status: 400, code: 'privacy_level_option_mismatch', message: 'Not an option' };
  const isFile = source?.['source'] === 'FILE_UPLOAD';
  if (!isFile && !String(source?.['video_url']).startsWith('https://verified.example/'))
    return { status: 403, code: 'url_ownership_unverified', message: 'Verify it' };
  const size = Number(source?.['video_size'] ?? 0);
  const chunkSize = Number(source?.['chunk_size'] ?? 0);
  const chunkCount = Number(source?.['total_chunk_count'] ?? 0);
  if (isFile && !isPlanGood(size, chunkSize, chunkCount))
    return { status: 400, code: 'invalid_params', message: 'The total chunk count is invalid' };
  const kind = mode === 'draft' ? 'inbox' : 'pub';
  return {
    prefix: `v_${kind}_${isFile ? 'file' : 'url'}`,
    post: {
      mode,
      info: info ?? {},
      size,
      chunkSize,
      chunkCount,
      chunks: [],
      received: 0,
      polls: 0,
    },
  };
}

function isPlanGood(size: number, chunk: number, count: number): boolean {
  if (count !== Math.floor(size / chunk) || count < 1 || count > 1000) return false;
  if (size < 5 * MIB) return chunk === size;
  const last = size - chunk * (count - 1);
  return chunk >= 5 * MIB && chunk <= 64 * MIB && last <= 128 * MIB;
}

/** Takes one chunk: in order, of the size that was said. */
export function takeChunk(
  post: FakePost | undefined,
  { headers, body }: ServiceCall,
): ServiceAnswer {
  const [, first, last, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(headers['content-range'])) ?? [];
  if (!post) return { status: 404 };
  const isRight =
    Number(total) === post.size &&
    Number(first) === post.received &&
    Number(last) - Number(first) + 1 === body.length;
  if (!isRight) return { status: 416 };
  post.chunks.push({ first: Number(first), last: Number(last) });
  post.received += body.length;
  const range = { 'content-range': `bytes 0-${post.received - 1}/${post.size}` };
  return { status: post.received === post.size ? 201 : 206, headers: range };
}

/** `data` of a status answer. */
export function tellStatus(
  post: FakePost,
  state: {
    readonly processingPolls: number;
    readonly failReason: string;
    readonly isModerating: boolean;
  },
): object {
  const bytes = { uploaded_bytes: post.received, downloaded_bytes: 0 };
  if (post.received < post.size) return { status: 'PROCESSING_UPLOAD', ...bytes };
  if (state.failReason !== '') return { status: 'FAILED', fail_reason: state.failReason, ...bytes };
  if (post.polls++ < state.processingPolls)
    return { status: post.size > 0 ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD', ...bytes };
  if (post.mode === 'draft') return { status: 'SEND_TO_USER_INBOX', ...bytes };
  const isPublic = post.info['privacy_level'] === 'PUBLIC_TO_EVERYONE';
  const ids = isPublic && !state.isModerating ? ['LONG_ID'] : [];
  return { status: 'PUBLISH_COMPLETE', publicaly_available_post_id: ids, ...bytes };
}
