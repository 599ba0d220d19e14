export { dataRowsPlugin } from './data-rows.plugin.ts';
export { createDataTableAccess, type DataTableAccess } from './data-tables.access.ts';
export { dataTablesPlugin } from './data-tables.plugin.ts';
export { createDataTables, type ManagedDataTables } from './data-tables.service.ts';
