import type { ColumnType, TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';
import { columnOf, encodeValue, valueIn, type NamedColumn } from './column-value.ts';
import { quote, quoteAll, type Dialect, type Statement } from './dialect.ts';
import { PROJECT } from './project-column.ts';

/** What becomes of a new row whose key is there already. */
export type OnConflict =
  | { readonly kind: 'fail' }
  | { readonly kind: 'skip' }
  | {
      readonly kind: 'overwrite';
      readonly key: readonly string[];
      readonly columns: readonly string[];
    };

interface Filling {
  readonly projectId: string;
  readonly now: number;
  newId(): string;
}

/** SQLite binds at most 32,766 values. */
const MAX_VALUES = 30_000;

/** Statements of many rows each, made as they are asked for: rows are filled in and checked bit by bit. */
export function* insertSql(
  table: TableDeclaration,
  rows: readonly object[],
  dialect: Dialect,
  { filling, onConflict }: { readonly filling: Filling; readonly onConflict: OnConflict },
): Generator<Statement> {
  const complete = rowCompleter(table, filling);
  const width = Object.keys(table.columns).length + 1;
  const size = Math.max(1, Math.min(dialect.maxRows, Math.floor(MAX_VALUES / width)));
  for (let from = 0; from < rows.length; from += size) {
    const whole = rows.slice(from, from + size).map((row, at) => {
      try {
        return complete(row);
      } catch (error) {
        const isOneOfMany = error instanceof InvalidError && rows.length > 1;
        throw isOneOfMany ? new RowError(from + at, error) : error;
      }
    });
    yield insertWholeSql(table, whole, dialect, onConflict);
  }
}

/** One statement for rows of {@link rowCompleter}. */
export function insertWholeSql(
  { name, columns }: TableDeclaration,
  rows: readonly (readonly unknown[])[],
  dialect: Dialect,
  onConflict: OnConflict,
): Statement {
  const types: ColumnType[] = ['text', ...Object.values(columns).map(({ type }) => type)];
  const { sql, values } = dialect.rows(types, rows);
  const names = quoteAll([PROJECT, ...Object.keys(columns)]);
  return {
    sql: `INSERT INTO ${quote(name)} (${names}) ${sql}${conflictSql(onConflict)}`,
    values,
  };
}

function conflictSql(onConflict: OnConflict): string {
  switch (onConflict.kind) {
    case 'fail':
      return '';
    case 'skip':
      return ' ON CONFLICT DO NOTHING';
    case 'overwrite': {
      const { key, columns } = onConflict;
      const target = ` ON CONFLICT (${quoteAll([PROJECT, ...key])})`;
      if (columns.length === 0) return `${target} DO NOTHING`;
      const sets = columns.map((name) => `${quote(name)} = excluded.${quote(name)}`);
      return `${target} DO UPDATE SET ${sets.join(', ')}`;
    }
    default:
      return onConflict satisfies never;
  }
}

/**
 * Makes whole, encoded rows of given ones: the project, then every column; what was left out is
 * filled in.
 */
export function rowCompleter(
  table: TableDeclaration,
  filling: Filling,
): (row: object) => unknown[] {
  const columns = Object.keys(table.columns).map((name) => columnOf(table, name));
  return (row) => {
    for (const name of Object.keys(row))
      if (!Object.hasOwn(table.columns, name)) columnOf(table, name);
    return [filling.projectId, ...columns.map((column) => fill(column, row, filling))];
  };
}

function fill(named: NamedColumn, row: object, filling: Filling): unknown {
  const { generated, fallback, isNullable } = named.column;
  const value = valueIn(row, named.name);
  if (value !== undefined) return encodeValue(named, value);
  if (generated === 'id') return filling.newId();
  if (generated !== undefined) return filling.now;
  if (fallback !== undefined) return fallback;
  return isNullable ? null : encodeValue(named, undefined);
}

class RowError extends InvalidError {
  constructor(index: number, cause: InvalidError) {
    super(`Row ${index + 1}: ${cause.message}`, cause.fix ?? '');
  }
}
