import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Aggregate, Row, TableDeclaration, TableStore } from '@millrace/workflow/node-api';
import { newId } from '../db/index.ts';
import { columnOf, decodeValue, encodeValue } from './sql/column-value.ts';
import type { Connection } from './sql/connection.ts';
import { translateConstraint } from './sql/constraint.error.ts';
import { quote, type Dialect, type Statement } from './sql/dialect.ts';
import { insertSql, insertWholeSql, rowCompleter, type OnConflict } from './sql/insert.ts';
import { groupSql, selectSql, type SelectQuery } from './sql/select.ts';
import { createBinder } from './sql/statement.ts';
import { updateSql } from './sql/update.ts';
import { whereSql } from './sql/where.ts';
import { TooManyRowsError } from './too-many-rows.error.ts';
import { distinctBy, overwriteBy } from './upsert.ts';

export interface TableStoreOptions {
  readonly dialect: Dialect;
  readonly connection: Connection;
  projectId(): Promise<string>;
  now(): number;
}

const MAX_FOUND = 100_000;
const PAGE_SIZE = 1000;

/** The rows of one table and one project. */
export function createTableStore<T extends TableDeclaration>(
  table: T,
  { dialect, connection, projectId, now }: TableStoreOptions,
): TableStore<T> {
  const allColumns = Object.keys(table.columns);

  const fillingNow = async () => {
    const at = now();
    return { projectId: await projectId(), now: at, newId: () => newId(at) };
  };

  /** Does all of these or none; gives how many rows that changed. */
  const runAll = (statements: Iterable<Statement>): Promise<number> =>
    connection.write(async (run) => {
      let affected = 0;
      for (const statement of statements) {
        affected += (await translateConstraint(table, run(statement))).affected;
        // SQLite answers without letting go of the thread: let others have a turn.
        if (dialect.kind === 'sqlite') await nextTurn();
      }
      return affected;
    });

  async function write(rows: readonly object[], onConflict: OnConflict): Promise<number> {
    if (rows.length === 0) return 0;
    const filling = await fillingNow();
    return runAll(insertSql(table, rows, dialect, { filling, onConflict }));
  }

  async function selectRaw(query: SelectQuery) {
    const binder = createBinder(dialect);
    const sql = selectSql(binder, table, await projectId(), query);
    return connection.read({ sql, values: binder.values });
  }

  const select = async (query: SelectQuery): Promise<Row<T>[]> =>
    (await selectRaw(query)).map((row) => decodeRow(table, row));

  /** A statement over the rows that fit. */
  async function change(
    where: object,
    headOf: (binder: ReturnType<typeof createBinder>) => string,
  ): Promise<number> {
    const binder = createBinder(dialect);
    const head = headOf(binder);
    const sql = `${head} WHERE ${whereSql(binder, table, await projectId(), where)}`;
    const { affected } = await connection.write((run) =>
      translateConstraint(table, run({ sql, values: binder.values })),
    );
    return affected;
  }

  return {
    async insert(row) {
      const whole = rowCompleter(table, await fillingNow())(row);
      const statement = insertWholeSql(table, [whole], dialect, { kind: 'fail' });
      await connection.write((run) => translateConstraint(table, run(statement)));
      return decodeRow(
        table,
        Object.fromEntries(allColumns.map((each, at) => [each, whole[at + 1]])),
      );
    },

    insertMany: (rows, options) => write(rows, { kind: options?.onConflict ?? 'fail' }),

    async upsertMany(rows, { by, update }) {
      const { distinct, onConflict } = overwriteBy(table, rows, {
        key: by.map(String),
        update: update?.map(String),
      });
      return write(distinct, onConflict);
    },

    update: (where, values) =>
      change(where, (binder) => {
        const sets = Object.entries({ ...touched(table, now()), ...values }).map(
          ([name, value]) => {
            const named = columnOf(table, name);
            return `${quote(name)} = ${binder.bind(encodeValue(named, value))}`;
          },
        );
        return `UPDATE ${quote(table.name)} SET ${sets.join(', ')}`;
      }),

    async updateMany(rows, { by }) {
      const key = by.map(String);
      const distinct = distinctBy(table, rows, key);
      if (distinct.length === 0) return 0;
      return runAll(
        updateSql(table, dialect, {
          projectId: await projectId(),
          key,
          rows: distinct,
          touched: touched(table, now()),
        }),
      );
    },

    remove: (where) => change(where, () => `DELETE FROM ${quote(table.name)}`),

    async find(query = {}) {
      const { columns = allColumns, where, orderBy, limit, offset } = query;
      const rows = await select({
        columns: columns.map(String),
        where,
        orderBy,
        limit: limit ?? MAX_FOUND + 1,
        offset,
      });
      if (limit === undefined && rows.length > MAX_FOUND)
        throw new TooManyRowsError(table.name, MAX_FOUND);
      return rows;
    },

    async findOne(where) {
      const [first] = await select({ columns: allColumns, where, limit: 1 });
      return first;
    },

    async *pages({ where, columns = allColumns, size = PAGE_SIZE } = {}) {
      const { primaryKey } = table;
      const read = [...new Set([...columns.map(String), ...primaryKey])];
      let after: readonly unknown[] | null = null;
      for (;;) {
        const rows = await selectRaw({ columns: read, where, limit: size, after });
        if (rows.length > 0) yield rows.map((row) => decodeRow(table, row));
        const last = rows.at(-1);
        if (last === undefined || rows.length < size) return;
        after = primaryKey.map((name) => last[name]);
      }
    },

    async count(where = {}) {
      const binder = createBinder(dialect);
      const sql = `SELECT COUNT(*) AS "n" FROM ${quote(table.name)} WHERE ${whereSql(binder, table, await projectId(), where)}`;
      const [row] = await connection.read({ sql, values: binder.values });
      return Number(row?.['n'] ?? 0);
    },

    async groupBy({ by, figures, where, orderBy, limit }) {
      const binder = createBinder(dialect);
      const named: Readonly<Record<string, Aggregate<PropertyKey>>> = figures;
      const sql = groupSql(binder, table, await projectId(), {
        by: by.map(String),
        figures: named,
        where,
        orderBy,
        limit,
      });
      const rows = await connection.read({ sql, values: binder.values });
      return rows.map((row) => decodeRow(table, row));
    },
  };
}

/** A row as its declaration says. Figures are numbers, whatever the driver makes of them. */
function decodeRow<R extends object>(
  table: TableDeclaration,
  raw: Readonly<Record<string, unknown>>,
): R {
  const decoded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const column = table.columns[name];
    decoded[name] = column ? decodeValue(column, value) : value === null ? null : Number(value);
  }
  // Each value came from the decode of its own column, whose type the declaration carries.
  return decoded as R;
}

/** What every write changes. */
const touched = ({ columns }: TableDeclaration, now: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([, { generated }]) => generated === 'updatedAt')
      .map(([name]) => [name, now]),
  );
