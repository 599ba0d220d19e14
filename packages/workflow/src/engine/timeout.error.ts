import { MillraceError } from '../errors/index.ts';

/** An execution took longer than its workflow's settings allow. */
export class TimeoutError extends MillraceError<{ timeoutSeconds: number }> {
  readonly code = 'ENGINE_TIMEOUT';

  constructor(timeoutSeconds: number) {
    super(`The execution took longer than ${timeoutSeconds} s and was stopped`, {
      details: { timeoutSeconds },
      fix: 'Raise "Timeout" in the workflow settings, or give the workflow less to do at once',
    });
  }
}
