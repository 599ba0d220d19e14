import { EntitySchema } from 'typeorm';

/** A table people made. Its rows are in a table of their own. */
export interface DataTableRow {
  id: string;
  projectId: string;
  name: string;
  /** JSON list of columns, in their order. */
  columns: string;
  /** Number of the next column: names of columns may change, numbers do not. */
  nextColumn: number;
  nextRowId: number;
  createdAt: number;
  updatedAt: number;
}

export const DataTableEntity = new EntitySchema<DataTableRow>({
  name: 'data_table',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_data_table' },
    projectId: { type: 'varchar', length: 36 },
    name: { type: 'varchar', length: 128 },
    columns: { type: 'text' },
    nextColumn: { type: 'integer' },
    nextRowId: { type: 'integer' },
    createdAt: { type: 'bigint' },
    updatedAt: { type: 'bigint' },
  },
  uniques: [{ name: 'uq_data_table_name', columns: ['projectId', 'name'] }],
  foreignKeys: [
    {
      name: 'fk_data_table_project',
      target: 'project',
      columnNames: ['projectId'],
      referencedColumnNames: ['id'],
    },
  ],
});
