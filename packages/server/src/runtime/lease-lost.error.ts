import { MillraceError } from '@millrace/workflow/errors';

/** A write by a holder that lost its lease: somebody cancelled the execution or took it over. */
export class LeaseLostError extends MillraceError<{ executionId: string }> {
  readonly code = 'RESOURCE_CONFLICT';

  constructor(executionId: string) {
    super(`Execution "${executionId}" is no longer held by this process`, {
      details: { executionId },
      fix: 'Nothing to do: whoever holds it now goes on with it',
    });
  }
}
