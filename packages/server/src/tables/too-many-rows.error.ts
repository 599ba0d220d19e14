import { MillraceError } from '@millrace/workflow/errors';

/** A query without a limit would fill the memory. */
export class TooManyRowsError extends MillraceError<{ table: string; limit: number }> {
  readonly code = 'RESOURCE_TOO_LARGE';

  constructor(table: string, limit: number) {
    super(`More than ${limit} rows of table "${table}" fit`, {
      details: { table, limit },
      fix: 'Read them with pages(), or give a limit',
    });
  }
}
