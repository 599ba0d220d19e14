import { MillraceError } from '@millrace/workflow/errors';

/** A webhook's body is not what its content type says. */
export class BodyError extends MillraceError {
  readonly code = 'RESOURCE_INVALID';

  constructor(reason: string) {
    super(`Failed to parse request body: ${reason}`, {
      details: {},
      fix: 'Send valid JSON, or another content type',
    });
  }
}
