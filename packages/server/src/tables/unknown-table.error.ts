import { MillraceError } from '@millrace/workflow/errors';

/** A table was opened that no installed package lists. */
export class UnknownTableError extends MillraceError<{ table: string }> {
  readonly code = 'NODE_PACKAGE_INVALID';

  constructor(table: string) {
    super(`Table "${table}" belongs to no installed package`, {
      details: { table },
      fix: 'List it under `tables` in the manifest of its package',
    });
  }
}
