import type { TableDeclaration, Tables } from '@millrace/workflow/node-api';
import {
  connectionIn,
  connectionTo,
  type Connection,
  type TableDatabase,
} from './sql/connection.ts';
import { dialectOf } from './sql/dialect.ts';
import { createTableStore } from './table-store.ts';
import { UnknownTableError } from './unknown-table.error.ts';

export interface TablesOptions {
  readonly db: TableDatabase;
  /** By name. */
  readonly declared: ReadonlyMap<string, TableDeclaration>;
  /** Asked when the first row is. */
  projectId(): Promise<string>;
  readonly now?: () => number;
}

/** The packages' tables, as one project sees them. */
export function createTables({ db, declared, projectId, now = Date.now }: TablesOptions): Tables {
  const dialect = dialectOf(db);

  const over = (connection: Connection, transaction: Tables['transaction']): Tables => ({
    open(table) {
      if (declared.get(table.name) !== table) throw new UnknownTableError(table.name);
      return createTableStore(table, { dialect, connection, projectId, now });
    },
    transaction,
  });

  return over(connectionTo(db), (work) =>
    db.transaction((manager) => {
      const inside: Tables = over(connectionIn(manager), (more) => more(inside));
      return work(inside);
    }),
  );
}
