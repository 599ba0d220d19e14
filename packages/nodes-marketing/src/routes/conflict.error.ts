import { MillraceError } from '@millrace/workflow/errors';

/** What was asked does not fit what is stored now: somebody else was first, or it is over. */
export class MarketingConflictError extends MillraceError {
  readonly code = 'RESOURCE_CONFLICT';

  constructor(message: string, fix: string) {
    super(message, { details: {}, fix });
  }
}
