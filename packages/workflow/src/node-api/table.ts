import type { Column } from './column.ts';

/** A list of column names: the key, a unique key or an index, in order. */
type ColumnList<Name extends string = string> = readonly [Name, ...Name[]];

/**
 * A table of a package, as data.
 *
 * Every row belongs to a project: the store adds the column `projectId` in front of the primary
 * key, of each unique key and of each index, fills it in and filters by it. Declarations never name it.
 */
export interface TableDeclaration {
  /** The package's namespace, an underscore and the rest: `marketing_keywords`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly primaryKey: ColumnList;
  /** Keys no two rows of a project share. Null is equal to nothing. */
  readonly unique?: readonly ColumnList[];
  readonly indexes?: readonly ColumnList[];
}

/** A row as it is read. */
export type Row<T extends TableDeclaration> = {
  -readonly [K in keyof T['columns']]: T['columns'][K] extends Column<infer Value> ? Value : never;
};

type OptionalNames<T extends TableDeclaration> = {
  [K in keyof T['columns']]: T['columns'][K] extends Column<unknown, true> ? K : never;
}[keyof T['columns']];

/** A row as it is written: columns that are null, generated or have a default may be left out. */
export type NewRow<T extends TableDeclaration> = Readonly<
  Omit<Row<T>, OptionalNames<T>> & Partial<Pick<Row<T>, OptionalNames<T> & keyof Row<T>>>
>;

/** A table whose keys can only name its own columns. */
interface CheckedTable<Columns extends Readonly<Record<string, Column>>> {
  readonly name: string;
  readonly columns: Columns;
  readonly primaryKey: ColumnList<keyof Columns & string>;
  readonly unique?: readonly ColumnList<keyof Columns & string>[];
  readonly indexes?: readonly ColumnList<keyof Columns & string>[];
}

/**
 * Declares a table and keeps its exact type.
 *
 * @example
 * const keywords = defineTable({
 *   name: 'marketing_keywords',
 *   columns: { id: c.id(), text: c.text(), volume: c.nullable(c.integer()) },
 *   primaryKey: ['id'],
 *   unique: [['text']],
 * });
 * type Keyword = Row<typeof keywords>; // { id: string; text: string; volume: number | null }
 */
export const defineTable = <const Columns extends Readonly<Record<string, Column>>>(
  table: CheckedTable<Columns>,
): CheckedTable<Columns> => table;
