import { MillraceError } from '@millrace/workflow/errors';

/** What a caller does about an error: sign in again, wait, give up, try again, or only look. */
export type TikTokProblem = 'auth' | 'rate' | 'permanent' | 'transient' | 'ambiguous';

interface TikTokErrorDetails {
  /** TikTok's own word, such as `rate_limit_exceeded`. */
  readonly reason: string;
  readonly problem: TikTokProblem;
  readonly status: number;
  /** What TikTok's support asks for. */
  readonly logId: string;
}

/** TikTok refused, or gave no answer. */
export class TikTokError extends MillraceError<TikTokErrorDetails> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(message: string, details: TikTokErrorDetails, cause?: unknown) {
    const { reason } = details;
    super(`TikTok: ${message.slice(0, 4000) || reason} (${reason})`, {
      details,
      fix: FIXES.get(reason) ?? FIXES_BY_PROBLEM[details.problem],
      cause,
    });
  }

  get reason(): string {
    return this.details.reason;
  }

  get problem(): TikTokProblem {
    return this.details.problem;
  }
}

/**
 * The documented words of `error.code` and what they are. Words that are not listed go by the status.
 *
 * @see https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
 */
export function problemOf(reason: string, status: number): TikTokProblem {
  const known = PROBLEMS.get(reason);
  if (known) return known;
  if (reason.startsWith('spam_risk')) return 'permanent';
  if (status === 401) return 'auth';
  if (status === 429) return 'rate';
  // A gateway that gave up waiting does not know what TikTok did.
  if (status === 408) return 'transient';
  return status >= 500 ? 'transient' : 'permanent';
}

const PROBLEMS = new Map<string, TikTokProblem>([
  ['access_token_invalid', 'auth'],
  ['scope_not_authorized', 'permanent'],
  ['scope_permission_missed', 'permanent'],
  ['rate_limit_exceeded', 'rate'],
  ['invalid_params', 'permanent'],
  ['invalid_param', 'permanent'],
  ['invalid_file_upload', 'permanent'],
  ['privacy_level_option_mismatch', 'permanent'],
  ['url_ownership_unverified', 'permanent'],
  ['unaudited_client_can_only_post_to_private_accounts', 'permanent'],
  ['reached_active_user_cap', 'permanent'],
  ['app_version_check_failed', 'permanent'],
  ['internal_error', 'transient'],
]);

const SCOPES =
  'Add video.upload (drafts) or video.publish (posts) to the scopes of the credential and connect it again';
const FIXES = new Map([
  ['scope_not_authorized', SCOPES],
  ['scope_permission_missed', SCOPES],
  ['privacy_level_option_mismatch', 'Choose one of the privacy levels "Creator Info" lists'],
  [
    'url_ownership_unverified',
    'Verify the domain or prefix of the address in the TikTok developer portal, or upload the file',
  ],
  [
    'unaudited_client_can_only_post_to_private_accounts',
    'Until TikTok has audited your app: set the account to private and post with SELF_ONLY',
  ],
  ['reached_active_user_cap', 'Your app has reached its users of today; try tomorrow'],
  ['spam_risk_too_many_posts', 'The account has posted as often as TikTok lets it; try tomorrow'],
  ['spam_risk_too_many_pending_share', 'Finish or delete drafts in the TikTok app, then try again'],
  ['spam_risk_user_banned_from_posting', 'TikTok has banned the account from posting'],
  ['app_version_check_failed', 'Update the TikTok app of the creator'],
  ['invalid_file_upload', 'Give an MP4, MOV or WebM file'],
]);

const FIXES_BY_PROBLEM: Readonly<Record<TikTokProblem, string>> = {
  auth: 'Open the credential and connect it again',
  rate: 'Wait a minute; TikTok limits calls per account',
  permanent: 'Change what is posted; the same again will be refused again',
  transient: 'Try again later',
  ambiguous: 'Look into the account; the same post is not sent again',
};
