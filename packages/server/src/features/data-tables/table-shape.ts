import {
  c,
  type Column,
  type DataColumn,
  type DataColumnType,
  type DataTableInfo,
  type TableDeclaration,
} from '@millrace/workflow/node-api';
import type { DataTableRow } from '../../db/index.ts';
import { InvalidError } from '../../platform/index.ts';

/** A column as it is stored: its number never changes, so a new name moves no data. */
export interface StoredColumn extends DataColumn {
  readonly number: number;
}

/** Columns every data table has; people cannot make others of these names. */
export const SYSTEM_COLUMNS = ['id', 'createdAt', 'updatedAt'] as const;

export const MAX_COLUMNS = 100;

/** Written by us, so read without checks. */
export function storedColumns(row: DataTableRow): StoredColumn[] {
  return JSON.parse(row.columns);
}

const MAKE: Readonly<Record<DataColumnType, () => Column>> = {
  string: c.text,
  number: c.real,
  boolean: c.boolean,
  date: c.timestamp,
};

export const columnName = ({ number }: StoredColumn): string => `c${number}`;

export const columnDeclaration = ({ type }: DataColumn): Column => c.nullable(MAKE[type]());

/** The table that holds the rows of a data table. */
export const declarationOf = (row: DataTableRow): TableDeclaration => ({
  name: `data_rows_${row.id.replaceAll('-', '')}`,
  columns: {
    id: c.integer(),
    ...Object.fromEntries(
      storedColumns(row).map((column) => [columnName(column), columnDeclaration(column)]),
    ),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
});

/** A data table as it is shown. */
export const toInfo = (row: DataTableRow): DataTableInfo => ({
  id: row.id,
  name: row.name,
  projectId: row.projectId,
  columns: storedColumns(row).map(({ name, type }) => ({ name, type })),
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});

/** @throws {InvalidError} on a name that is bad, one of ours or there twice. */
export function checkColumns(columns: readonly DataColumn[]): void {
  const seen = new Set<string>(SYSTEM_COLUMNS.map((name) => name.toLowerCase()));
  if (columns.length > MAX_COLUMNS)
    throw new InvalidError(
      `${columns.length} columns are too many`,
      `Use at most ${MAX_COLUMNS}, or several tables`,
    );
  for (const { name } of columns) {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name))
      throw new InvalidError(
        `"${name}" is no name for a column`,
        'Begin with a letter; use at most 63 letters, digits and _',
      );
    if (seen.has(name.toLowerCase()))
      throw new InvalidError(
        `There is a column "${name}" already`,
        'Every table has id, createdAt and updatedAt; call this one differently',
      );
    seen.add(name.toLowerCase());
  }
}
