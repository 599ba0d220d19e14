export { createDataTables, type ManagedDataTables } from './data-tables.service.ts';
