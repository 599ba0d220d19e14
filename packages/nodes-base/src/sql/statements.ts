import type { JsonObject } from '@millrace/workflow/items';
import type { Dialect, Statement, TableName } from './dialect.ts';

/** One condition of a `WHERE`, as the wire has it. */
export interface SqlCondition {
  readonly column: string;
  readonly condition: string;
  readonly value: unknown;
}

export interface Filter {
  readonly conditions: readonly SqlCondition[];
  readonly combine: 'AND' | 'OR';
}

export type ColumnValues = readonly (readonly [column: string, value: unknown])[];

const OPERATORS = new Map([
  ['equal', '='],
  ['=', '='],
  ['!=', '<>'],
  ['LIKE', 'LIKE'],
  ['>', '>'],
  ['<', '<'],
  ['>=', '>='],
  ['<=', '<='],
]);

/** Builds statements: names are quoted, values are bound, nothing else of the user's gets into the text. */
export function createBuilder(dialect: Dialect, table: TableName) {
  const values: unknown[] = [];
  const { quote } = dialect;
  const target = [table.schema, table.table].flatMap((name) => (name ? [quote(name)] : []));
  const into = target.join('.');
  const list = (columns: readonly string[]) => columns.map(quote).join(', ');

  function bind(value: unknown): string {
    values.push(value);
    return dialect.placeholder(values.length);
  }

  function where({ conditions, combine }: Filter): string {
    const parts = conditions.map(({ column, condition, value }) => {
      if (condition === 'IS NULL' || condition === 'IS NOT NULL')
        return `${quote(column)} ${condition}`;
      const operator = OPERATORS.get(condition);
      if (operator === undefined) throw new RangeError(`There is no condition "${condition}"`);
      return `${quote(column)} ${operator} ${bind(value)}`;
    });
    return parts.length > 0 ? ` WHERE ${parts.join(combine === 'OR' ? ' OR ' : ' AND ')}` : '';
  }

  const returning = (columns: readonly string[]) =>
    dialect.returnsRows ? ` RETURNING ${selection(columns)}` : '';

  const selection = (columns: readonly string[]) =>
    columns.length === 0 || columns.includes('*') ? '*' : list(columns);

  const done = (text: string): Statement => ({ text, values });

  return {
    insert(row: ColumnValues, options: InsertOptions): Statement {
      const { matched, skipsConflicts, priority, returned } = options;
      const columns = row.map(([column]) => column);
      const slots = row.map(([, value]) => bind(value)).join(', ');
      const skip = skipsConflicts ? dialect.skipConflicts : { before: '', after: '' };
      const body =
        row.length === 0 && dialect.returnsRows
          ? ' DEFAULT VALUES'
          : ` (${list(columns)}) VALUES (${slots})`;
      const changed = columns.filter((column) => !matched?.includes(column));
      const update = matched ? ` ${dialect.orUpdate(matched, changed)}` : '';
      const verb = ['INSERT', priority, skip.before, 'INTO'].filter(Boolean).join(' ');
      return done(`${verb} ${into}${body}${update}${skip.after}${returning(returned)}`);
    },

    update(row: ColumnValues, filter: Filter, returned: readonly string[]): Statement {
      const sets = row.map(([column, value]) => `${quote(column)} = ${bind(value)}`);
      return done(`UPDATE ${into} SET ${sets.join(', ')}${where(filter)}${returning(returned)}`);
    },

    select(filter: Filter, { columns, sort, limit }: SelectOptions): Statement {
      const order = sort.map(
        ({ column, direction }) => `${quote(column)} ${direction === 'DESC' ? 'DESC' : 'ASC'}`,
      );
      const found = `SELECT ${selection(columns)} FROM ${into}${where(filter)}`;
      const ordered = order.length > 0 ? `${found} ORDER BY ${order.join(', ')}` : found;
      return done(limit === undefined ? ordered : `${ordered} LIMIT ${Math.max(0, limit | 0)}`);
    },

    remove: (filter: Filter): Statement => done(`DELETE FROM ${into}${where(filter)}`),
    truncate: (tail: string): Statement => done(`TRUNCATE TABLE ${into}${tail}`),
    drop: (tail: string): Statement => done(`DROP TABLE IF EXISTS ${into}${tail}`),
  };
}

export interface InsertOptions {
  /** Columns by which a row that is there is known, and then updated. */
  readonly matched?: readonly string[] | undefined;
  readonly skipsConflicts?: boolean;
  readonly priority?: string;
  readonly returned: readonly string[];
}

export interface SelectOptions {
  readonly columns: readonly string[];
  readonly sort: readonly { readonly column: string; readonly direction: string }[];
  readonly limit: number | undefined;
}

/** Rows as items can hold them: dates in ISO, bytes in base64, large whole numbers as text. */
export const plainRow = (row: object): JsonObject =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));

function plain(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'bigint') return String(value);
  return Array.isArray(value) ? value.map(plain) : value;
}
