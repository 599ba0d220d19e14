import { MillraceError } from '@millrace/workflow/errors';

/** What was sent cannot be stored as it is. */
export class InvalidError extends MillraceError<{ problems?: readonly unknown[] }> {
  readonly code = 'RESOURCE_INVALID';

  constructor(message: string, fix: string, problems?: readonly unknown[]) {
    super(message, { details: problems ? { problems } : {}, fix });
  }
}

/** Someone or something else was first. */
export class ConflictError extends MillraceError {
  readonly code = 'RESOURCE_CONFLICT';

  constructor(message: string, fix: string, details: object = {}) {
    super(message, { details, fix });
  }
}
