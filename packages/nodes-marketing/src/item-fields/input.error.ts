import { MillraceError } from '@millrace/workflow/errors';

/** Items, rows or parameters a node cannot work with. */
export class InputError extends MillraceError {
  readonly code = 'NODE_PARAM_INVALID';

  constructor(message: string, fix: string) {
    super(message, { details: {}, fix });
  }
}
