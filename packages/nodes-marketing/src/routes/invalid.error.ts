import { MillraceError } from '@millrace/workflow/errors';

/** What was asked cannot be done, whatever is stored. */
export class MarketingInvalidError extends MillraceError {
  readonly code = 'RESOURCE_INVALID';

  constructor(message: string, fix: string) {
    super(message, { details: {}, fix });
  }
}
