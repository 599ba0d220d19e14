import type { TableColumnOptions, TableForeignKeyOptions } from 'typeorm';

type More = Omit<TableColumnOptions, 'name' | 'type'>;

/** Short ways to write columns in migrations. Released migrations use them: never change what they give. */
export const id = (name: string, more: More = {}) => text(name, 36, more);

export const text = (name: string, length: number, more: More = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...more,
});

export const longText = (name: string, more: More = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...more,
});

export const integer = (name: string, more: More = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...more,
});

export const flag = (name: string, more: More = {}): TableColumnOptions => ({
  name,
  type: 'boolean',
  ...more,
});

/** Milliseconds since the epoch. */
export const instant = (name: string, more: More = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...more,
});

/** Part of the primary key of `table`. */
export const keyOf = (table: string): More => ({
  isPrimary: true,
  primaryKeyConstraintName: `pk_${table}`,
});

export const maybe: More = { isNullable: true };

/** A foreign key to the `id` of another table, named after both. */
export const reference = (
  table: string,
  column: string,
  to: string,
  onDelete?: 'CASCADE',
): TableForeignKeyOptions => ({
  name: `fk_${table}_${to}`,
  columnNames: [column],
  referencedTableName: to,
  referencedColumnNames: ['id'],
  ...(onDelete && { onDelete }),
});
