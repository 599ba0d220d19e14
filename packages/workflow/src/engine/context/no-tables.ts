import { MillraceError } from '../../errors/index.ts';
import type { Tables } from '../../node-api/index.ts';

/** The tables of a host that keeps none. */
export const noTables: Tables = {
  open(table) {
    throw new TablesMissingError(table.name);
  },
  async transaction() {
    throw new TablesMissingError('');
  },
};

class TablesMissingError extends MillraceError<{ table: string }> {
  readonly code = 'NODE_FAILED';

  constructor(table: string) {
    super(`Table "${table}" cannot be opened: nothing is stored where this workflow runs`, {
      details: { table },
      fix: 'Run the workflow on a server, or with "millrace execute"',
    });
  }
}
