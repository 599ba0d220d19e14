import type { Column } from './column.ts';
import type { TableDeclaration } from './table.ts';

/**
 * One change of a package's tables. A step says what is to hold afterwards: where it holds already
 * (`createTable` made the table in its present form), the step does nothing.
 */
export type TableStep =
  | { readonly kind: 'createTable'; readonly table: TableDeclaration }
  | { readonly kind: 'dropTable'; readonly table: string }
  | {
      readonly kind: 'addColumn';
      readonly table: string;
      readonly name: string;
      readonly column: Column;
    }
  | { readonly kind: 'dropColumn'; readonly table: string; readonly name: string }
  | {
      readonly kind: 'addIndex';
      readonly table: TableDeclaration;
      readonly columns: readonly string[];
      readonly isUnique: boolean;
    }
  | { readonly kind: 'dropIndex'; readonly table: string; readonly columns: readonly string[] };

/** Steps that are taken together and remembered by name. */
export interface TableMigration {
  /** Never changes once it was released: it is how an instance knows what it has. */
  readonly name: string;
  readonly steps: readonly TableStep[];
}

/** The table as it is declared now, with its keys and indexes. */
export const createTable = (table: TableDeclaration): TableStep => ({ kind: 'createTable', table });

export const dropTable = (table: string): TableStep => ({ kind: 'dropTable', table });

/** A column more. Where there are rows, it has to be nullable or have a default. */
export const addColumn = (
  { name: table }: Pick<TableDeclaration, 'name'>,
  name: string,
  column: Column,
): TableStep => ({ kind: 'addColumn', table, name, column });

/** A column less. Drop the indexes that use it first. */
export const dropColumn = (
  { name: table }: Pick<TableDeclaration, 'name'>,
  name: string,
): TableStep => ({ kind: 'dropColumn', table, name });

export const addIndex = (
  table: TableDeclaration,
  columns: readonly string[],
  { isUnique = false }: { readonly isUnique?: boolean } = {},
): TableStep => ({ kind: 'addIndex', table, columns, isUnique });

export const dropIndex = (
  { name: table }: Pick<TableDeclaration, 'name'>,
  columns: readonly string[],
): TableStep => ({ kind: 'dropIndex', table, columns });

/** Declares a migration. */
export const defineMigration = (name: string, steps: readonly TableStep[]): TableMigration => ({
  name,
  steps,
});
