import { MillraceError } from '@millrace/workflow/errors';

interface Quota {
  readonly account: string;
  readonly mode: 'draft' | 'direct';
  readonly most: number;
  /** ms since the epoch. */
  readonly freeAt: number;
}

/** The account has posted as much in 24 hours as TikTok, or the node's setting, lets it. */
export class QuotaError extends MillraceError<Quota> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(quota: Quota) {
    const { mode, most, freeAt } = quota;
    const what = mode === 'draft' ? 'drafts' : 'posts';
    super(`The account has made its ${most} ${what} of 24 hours`, {
      details: quota,
      fix: `Post again after ${new Date(freeAt).toISOString()}`,
    });
  }
}
