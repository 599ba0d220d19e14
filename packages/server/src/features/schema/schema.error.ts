import { MillraceError } from '@millrace/workflow/errors';

/** The database has been through migrations that this build does not know. */
export class SchemaUnknownError extends MillraceError<{ unknown: readonly string[] }> {
  readonly code = 'DB_SCHEMA_UNKNOWN';

  constructor(unknown: readonly string[]) {
    super(`The database has migrations this build does not know: ${unknown.join(', ')}`, {
      details: { unknown },
      fix: 'Run "millrace db revert" with the newer build that made them, once for each, or restore a back-up',
    });
  }
}

/** There is no migration that could be undone. */
export class NothingToRevertError extends MillraceError {
  readonly code = 'DB_NOTHING_TO_REVERT';

  constructor(why: string, fix: string) {
    super(`There is no migration to undo: ${why}`, { details: {}, fix });
  }
}
