import { MillraceError } from '@millrace/workflow/errors';

/** A command was called with an argument it cannot use. */
export class ArgError extends MillraceError<{ arg: string; received: unknown }> {
  readonly code = 'CLI_ARG_INVALID';

  constructor(arg: string, received: unknown, fix: string) {
    super(`Argument ${arg} cannot be ${JSON.stringify(received)}`, {
      details: { arg, received },
      fix,
    });
  }
}
