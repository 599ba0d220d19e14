import type { TableDeclaration } from '@millrace/workflow/node-api';
import { InvalidError } from '../../platform/index.ts';
import { columnOf, encodeValue, valueIn, type NamedColumn } from './column-value.ts';
import { quote, quoteAll, type Dialect, type Statement } from './dialect.ts';
import { PROJECT } from './project-column.ts';

interface RowsToUpdate {
  readonly projectId: string;
  readonly key: readonly string[];
  /** All of them name the same columns. */
  readonly rows: readonly object[];
  /** What every write changes, beside what the rows say. */
  readonly touched: Readonly<Record<string, unknown>>;
}

/** SQLite binds at most 32,766 values. */
const MAX_VALUES = 30_000;
const GIVEN = '"given"';

/** Statements that each change many rows by their key, every row to values of its own. */
export function* updateSql(
  table: TableDeclaration,
  dialect: Dialect,
  { projectId, key, rows, touched }: RowsToUpdate,
): Generator<Statement> {
  const columns = Object.keys(rows[0] ?? {}).map((name) => columnOf(table, name));
  const names = columns.map(({ name }) => name);
  const changed = names.filter((name) => !key.includes(name));
  if (changed.length === 0) return;
  const size = Math.min(dialect.maxRows, Math.floor(MAX_VALUES / (columns.length + 2)));
  for (let from = 0; from < rows.length; from += size) {
    const encoded = rows
      .slice(from, from + size)
      .map((row, at) => encodeRow(columns, row, from + at));
    const types = columns.map(({ column }) => column.type);
    const list = dialect.rows(types, encoded);
    const more = Object.entries(touched).filter(([name]) => !changed.includes(name));
    const place = (at: number) => dialect.placeholder(list.values.length + at);
    const sets = [
      ...changed.map((name) => `${quote(name)} = ${GIVEN}.${quote(name)}`),
      ...more.map(([name], at) => `${quote(name)} = ${place(at + 1)}`),
    ];
    const own = (name: string) => `${quote(table.name)}.${quote(name)}`;
    const same = key.map((name) => `${own(name)} = ${GIVEN}.${quote(name)}`);
    yield {
      sql: [
        `WITH ${GIVEN} (${quoteAll(names)}) AS (${list.sql})`,
        `UPDATE ${quote(table.name)} SET ${sets.join(', ')} FROM ${GIVEN}`,
        `WHERE ${own(PROJECT)} = ${place(more.length + 1)} AND ${same.join(' AND ')}`,
      ].join(' '),
      values: [...list.values, ...more.map(([, value]) => value), projectId],
    };
  }
}

function encodeRow(columns: readonly NamedColumn[], row: object, index: number): unknown[] {
  const isAlike =
    Object.keys(row).length === columns.length &&
    columns.every(({ name }) => Object.hasOwn(row, name));
  if (!isAlike)
    throw new InvalidError(
      `Row ${index + 1} for table "${columns[0]?.table}" names other columns than the first`,
      `Give every row these: ${columns.map(({ name }) => name).join(', ')}`,
    );
  return columns.map((column) => encodeValue(column, valueIn(row, column.name)));
}
