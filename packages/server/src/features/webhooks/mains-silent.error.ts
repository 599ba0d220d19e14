import { MillraceError } from '@millrace/workflow/errors';

/** What only one main process knows could not be asked for. */
export class MainsSilentError extends MillraceError {
  readonly code = 'QUEUE_UNAVAILABLE';

  constructor() {
    super('Not every main process could be asked whether a draft listens for this', {
      details: {},
      fix: 'Try again in a few seconds. When it stays so, look whether Redis is running',
    });
  }
}
