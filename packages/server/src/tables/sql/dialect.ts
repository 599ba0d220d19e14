import type { ColumnType } from '@millrace/workflow/node-api';
import type { Database } from '../../db/index.ts';

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Where the SQL of the two databases differs. */
export interface Dialect {
  readonly kind: Database['dialect'];
  readonly types: Readonly<Record<ColumnType, string>>;
  /** How the n-th bound value (from 1) is written. */
  placeholder(n: number): string;
  /** `column` is one of a list that is bound as one value: {@link Dialect.bindList}. */
  isOneOf(column: string, placeholder: string): string;
  bindList(values: readonly unknown[]): unknown;
  /** Rows to insert, after the list of columns: SQL and what it binds. */
  rows(types: readonly ColumnType[], rows: readonly (readonly unknown[])[]): Statement;
  /** Rows in one such statement: more are no faster, and SQLite holds the thread while it runs. */
  readonly maxRows: number;
  /** Matches a pattern in either case. */
  readonly like: string;
  /** After a column of an index or a sort that may be null: null counts as the smallest value. */
  nulls(direction: 'asc' | 'desc'): string;
}

const sqlite: Dialect = {
  kind: 'sqlite',
  types: {
    text: 'text',
    integer: 'integer',
    real: 'real',
    boolean: 'boolean',
    timestamp: 'integer',
    json: 'text',
  },
  placeholder: () => '?',
  isOneOf: (column, placeholder) => `${column} IN (SELECT value FROM json_each(${placeholder}))`,
  bindList: (values) => JSON.stringify(values),
  rows(types, rows) {
    const row = `(${types.map(() => '?').join(', ')})`;
    return { sql: `VALUES ${Array(rows.length).fill(row).join(', ')}`, values: rows.flat() };
  },
  maxRows: 250,
  like: 'LIKE',
  nulls: () => '',
};

const ARRAY_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'boolean',
  timestamp: 'bigint',
  json: 'text',
};

const postgres: Dialect = {
  kind: 'postgres',
  // Byte order, as SQLite has it: sorting is the same on both, and pages need no locale.
  types: { ...ARRAY_TYPES, text: 'text COLLATE "C"' },
  placeholder: (n) => `$${n}`,
  isOneOf: (column, placeholder) => `${column} = ANY(${placeholder})`,
  bindList: (values) => values,
  // One list per column: binding each value of each row by itself takes twice as long.
  rows(types, rows) {
    const lists = types.map((type, at) => `$${at + 1}::${ARRAY_TYPES[type]}[]`);
    return {
      sql: `SELECT * FROM unnest(${lists.join(', ')})`,
      values: types.map((_, at) => rows.map((row) => row[at])),
    };
  },
  maxRows: 1000,
  like: 'ILIKE',
  nulls: (direction) => (direction === 'asc' ? ' NULLS FIRST' : ' NULLS LAST'),
};

/** The dialect of a database. */
export const dialectOf = ({ dialect }: Pick<Database, 'dialect'>): Dialect =>
  dialect === 'sqlite' ? sqlite : postgres;

/** A name in SQL. Names are checked when a package is loaded; the quotes keep capitals. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Names in SQL, with commas between. */
export const quoteAll = (names: readonly string[]): string => names.map(quote).join(', ');
