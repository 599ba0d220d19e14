import { InputError } from '../item-fields/input.error.ts';
import { asObject, callTikTok, type TikTokClient } from './tiktok-api.ts';

/** What TikTok lets a creator post just now. It is asked anew before each post, as TikTok demands. */
export interface Creator {
  readonly username: string;
  readonly nickname: string;
  readonly avatarUrl: string;
  readonly privacyLevels: readonly string[];
  readonly commentDisabled: boolean;
  readonly duetDisabled: boolean;
  readonly stitchDisabled: boolean;
  readonly maxSeconds: number;
}

/** Needs the scope `video.publish`. */
export async function creatorInfo(client: TikTokClient): Promise<Creator> {
  const data = await callTikTok(client, { path: '/v2/post/publish/creator_info/query/' });
  const text = (name: string) => String(data[name] ?? '');
  const levels = data['privacy_level_options'];
  return {
    username: text('creator_username'),
    nickname: text('creator_nickname'),
    avatarUrl: text('creator_avatar_url'),
    privacyLevels: Array.isArray(levels) ? levels.map(String) : [],
    commentDisabled: data['comment_disabled'] === true,
    duetDisabled: data['duet_disabled'] === true,
    stitchDisabled: data['stitch_disabled'] === true,
    maxSeconds: Number(data['max_video_post_duration_sec'] ?? 0),
  };
}

/** The account behind the credential, by the id TikTok gives it for this app. */
export async function accountId(client: TikTokClient): Promise<string> {
  const path = '/v2/user/info/?fields=open_id,display_name';
  const { user } = await callTikTok(client, { method: 'GET', path });
  return String(asObject(user)['open_id'] ?? '');
}

export interface DirectPost {
  readonly title: string;
  readonly privacyLevel: string;
  readonly allowComment: boolean;
  readonly allowDuet: boolean;
  readonly allowStitch: boolean;
  /** Promotes a third party. */
  readonly brandedContent: boolean;
  /** Promotes the creator's own business. */
  readonly ownBrand: boolean;
  readonly isAiGenerated: boolean;
  readonly hasConsent: boolean;
  readonly durationSeconds: number;
  readonly coverMs: number;
}

/** The sentence TikTok wants creators to agree to before an app posts for them. */
export const consentText = (brandedContent: boolean): string =>
  brandedContent
    ? "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation."
    : "By posting, you agree to TikTok's Music Usage Confirmation.";

/**
 * `post_info` of a direct post, held against what the creator may do.
 *
 * @throws {InputError} for what TikTok would refuse or its rules for apps forbid.
 */
export function postInfo(post: DirectPost, creator: Creator) {
  const { privacyLevel, brandedContent, durationSeconds } = post;
  if (!post.hasConsent)
    throw new InputError(
      'The creator has not agreed to this post',
      `Show "${consentText(brandedContent)}" to the creator, then turn "Creator Agrees" on`,
    );
  if (!creator.privacyLevels.includes(privacyLevel))
    throw new InputError(
      `"${creator.nickname}" cannot post with the privacy level "${privacyLevel}"`,
      `Choose one of ${creator.privacyLevels.join(', ')}`,
    );
  if (brandedContent && privacyLevel === 'SELF_ONLY')
    throw new InputError(
      'Branded content cannot be for the creator only',
      'Choose another privacy level, or turn "Branded Content" off',
    );
  if (creator.maxSeconds > 0 && durationSeconds > creator.maxSeconds)
    throw new InputError(
      `The video takes ${durationSeconds} seconds; "${creator.nickname}" may post ${creator.maxSeconds}`,
      'Cut the video',
    );
  return {
    title: checkedTitle(post.title),
    privacy_level: privacyLevel,
    disable_comment: creator.commentDisabled || !post.allowComment,
    disable_duet: creator.duetDisabled || !post.allowDuet,
    disable_stitch: creator.stitchDisabled || !post.allowStitch,
    video_cover_timestamp_ms: post.coverMs,
    brand_content_toggle: brandedContent,
    brand_organic_toggle: post.ownBrand,
    is_aigc: post.isAiGenerated,
  };
}

const MOST_UNITS = 2200;

function checkedTitle(title: string): string {
  if (title.length <= MOST_UNITS) return title;
  throw new InputError(
    `The caption has ${title.length} characters`,
    `TikTok takes ${MOST_UNITS}, counted in UTF-16 units`,
  );
}
