import { MillraceError } from '@millrace/workflow/errors';

/** More rows than a data table, or one call, takes. */
export class RowsTooManyError extends MillraceError<{ rows: number; limit: number }> {
  readonly code = 'RESOURCE_TOO_LARGE';

  constructor(rows: number, limit: number) {
    super(`${rows} rows are more than the ${limit} that are possible`, {
      details: { rows, limit },
      fix: 'Send fewer at once, remove old rows, or use a database node for more',
    });
  }
}
