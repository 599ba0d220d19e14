import { MillraceError } from '@millrace/workflow/errors';

/** A stream of events could not be opened, or broke. */
export class EventStreamError extends MillraceError<{ url: string; status: number | null }> {
  readonly code = 'NODE_SERVICE_FAILED';

  constructor(url: string, reason: string, status: number | undefined) {
    super(`The event stream at "${url}" broke: ${reason}`, {
      details: { url, status: status ?? null },
      fix: 'Check that the address answers with "text/event-stream" and can be reached from here',
    });
  }
}
