export { connectionIn, connectionTo, type Connection } from './sql/connection.ts';
export { dialectOf, type Dialect } from './sql/dialect.ts';
export { PROJECT } from './sql/project-column.ts';
export {
  addColumnSql,
  createIndexSql,
  createTableSql,
  dropColumnSql,
  dropIndexSql,
  dropTableSql,
} from './sql/schema.ts';
export { createTableStore } from './table-store.ts';
export { createTables } from './tables.ts';
