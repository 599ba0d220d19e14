import { MillraceError } from '@millrace/workflow/errors';

/** A keyword export could not be read. */
export class ImportError extends MillraceError {
  readonly code = 'NODE_PARAM_INVALID';

  constructor(message: string) {
    super(message, {
      details: {},
      fix: 'Give a CSV export of Semrush, Ahrefs, Keyword Planner or Search Console, or rows with a "keyword" column',
    });
  }
}
