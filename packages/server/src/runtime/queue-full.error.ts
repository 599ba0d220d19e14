import { MillraceError } from '@millrace/workflow/errors';

/** More work waits than this process may hold. */
export class QueueFullError extends MillraceError<{ limit: number }> {
  readonly code = 'QUEUE_FULL';

  constructor(limit: number) {
    super(`${limit} writes are waiting for the database`, {
      details: { limit },
      fix: 'Send again in a few seconds, or add a process',
    });
  }
}
