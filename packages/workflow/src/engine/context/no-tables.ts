import { MillraceError } from '../../errors/index.ts';
import type { DataTables, Tables } from '../../node-api/index.ts';

/** The tables of a host that keeps none. */
export const noTables: Tables = { open: refuse, transaction: async () => refuse() };

/** The data tables of a host that keeps none. */
export const noDataTables: DataTables = {
  list: async () => [],
  create: async () => refuse(),
  rename: async () => refuse(),
  remove: async () => refuse(),
  open: async () => refuse(),
};

function refuse(): never {
  throw new TablesMissingError();
}

class TablesMissingError extends MillraceError {
  readonly code = 'NODE_FAILED';

  constructor() {
    super('No table can be opened: nothing is stored where this workflow runs', {
      details: {},
      fix: 'Run the workflow on a server, or with "millrace execute"',
    });
  }
}
