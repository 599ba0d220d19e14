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

/** A body, a form field or a file is larger than what is taken in. */
export class BodyTooLargeError extends MillraceError<{ limitBytes: number }> {
  readonly code = 'RESOURCE_TOO_LARGE';

  constructor(what: string, limitBytes: number) {
    super(`${what} is larger than ${limitBytes / 2 ** 20} MiB`, {
      details: { limitBytes },
      fix: 'Send less at once; large data travels as a file of a multipart form',
    });
  }
}
