import { MillraceError } from '@millrace/workflow/errors';

/** More work waits than may. */
export class QueueFullError extends MillraceError<{ limit: number }> {
  readonly code = 'QUEUE_FULL';

  constructor(limit: number, what: 'writes' | 'executions' = 'writes') {
    super(`${limit} ${what} are waiting already`, {
      details: { limit },
      fix: 'Send again in a few seconds, or add a process',
    });
  }
}
