import { callTikTok, type TikTokClient } from './tiktok-api.ts';

/** How far TikTok is with a post. */
export interface PostStatus {
  readonly state: 'uploading' | 'processing' | 'inInbox' | 'published' | 'failed';
  readonly failReason: string;
  readonly uploadedBytes: number;
  /** Of the public post; absent until moderation ends, and for posts that are not public. */
  readonly postId: string | undefined;
}

const STATES = new Map<string, PostStatus['state']>([
  ['PROCESSING_UPLOAD', 'uploading'],
  ['PROCESSING_DOWNLOAD', 'processing'],
  ['SEND_TO_USER_INBOX', 'inInbox'],
  ['PUBLISH_COMPLETE', 'published'],
  ['FAILED', 'failed'],
]);

/** Asks after a post. A status nobody has told us of counts as being processed. */
export async function postStatus(client: TikTokClient, publishId: string): Promise<PostStatus> {
  const data = await callTikTok(client, {
    path: '/v2/post/publish/status/fetch/',
    body: { publish_id: publishId },
  });
  // The misspelling is TikTok's; a corrected one is taken too.
  const ids = data['publicaly_available_post_id'] ?? data['publicly_available_post_id'];
  return {
    state: STATES.get(String(data['status'])) ?? 'processing',
    failReason: String(data['fail_reason'] ?? ''),
    uploadedBytes: Number(data['uploaded_bytes'] ?? 0),
    postId: Array.isArray(ids) && ids.length > 0 ? String(ids[0]) : undefined,
  };
}
