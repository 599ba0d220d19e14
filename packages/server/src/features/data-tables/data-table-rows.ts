import type {
  DataFilter,
  DataQuery,
  DataRow,
  DataTable,
  DataValue,
} from '@millrace/workflow/node-api';
import type { EntityManager } from 'typeorm';
import { DataTableEntity, type Database, type DataTableRow } from '../../db/index.ts';
import { connectionIn, connectionTo, createTableStore, dialectOf } from '../../tables/index.ts';
import { RowsTooManyError } from './data-table.error.ts';
import { placeOf, placesOf, toWhere } from './data-filter.ts';
import { readValue, showValue } from './data-value.ts';
import { declarationOf, storedColumns, SYSTEM_COLUMNS, toInfo } from './table-shape.ts';

/** Rows one call may write or give. */
const MAX_ROWS_A_CALL = 50_000;
const MAX_ROWS = 1_000_000;
const SYSTEM = new Set<string>(SYSTEM_COLUMNS);

type Values = Readonly<Record<string, unknown>>;

/** The rows of one data table. */
export function createDataTable(db: Database, row: DataTableRow, now: () => number): DataTable {
  const declaration = declarationOf(row);
  const dialect = dialectOf(db);
  const places = placesOf(storedColumns(row));

  const storeOn = (connection: ReturnType<typeof connectionTo>) =>
    createTableStore(declaration, {
      dialect,
      connection,
      projectId: async () => row.projectId,
      now,
    });
  type Store = ReturnType<typeof storeOn>;

  /** Reads and writes that belong together. */
  const together = <T>(work: (store: Store, manager: EntityManager) => Promise<T>) =>
    db.transaction((manager) => work(storeOn(connectionIn(manager)), manager));

  function keep(values: Values): Record<string, DataValue> {
    return Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => !SYSTEM.has(name))
        .map(([name, value]) => {
          const { stored, type } = placeOf(places, name);
          return [stored, readValue(name, type, value)];
        }),
    );
  }

  function show(kept: Values): DataRow {
    const values = new Map(Object.entries(kept));
    return Object.fromEntries(
      [...places].map(([name, { stored, type }]) => {
        const value = values.get(stored);
        const isPlain =
          typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
        return [name, isPlain ? showValue(type, value) : null];
      }),
    );
  }

  async function select(store: Store, query: DataQuery = {}): Promise<Values[]> {
    const { filter, orderBy, limit = MAX_ROWS_A_CALL, offset = 0 } = query;
    return store.find({
      where: toWhere(filter, places),
      orderBy: {
        ...(orderBy && { [placeOf(places, orderBy.column).stored]: orderBy.direction }),
        id: 'asc',
      },
      limit: Math.min(limit, MAX_ROWS_A_CALL),
      offset,
    });
  }

  async function add(store: Store, manager: EntityManager, rows: readonly Values[]) {
    if (rows.length > MAX_ROWS_A_CALL) throw new RowsTooManyError(rows.length, MAX_ROWS_A_CALL);
    const { id } = row;
    await manager.increment(DataTableEntity, { id }, 'nextRowId', rows.length);
    const { nextRowId } = await manager.findOneByOrFail(DataTableEntity, { id });
    if (nextRowId > MAX_ROWS && (await store.count()) + rows.length > MAX_ROWS)
      throw new RowsTooManyError(MAX_ROWS + rows.length, MAX_ROWS);
    const first = nextRowId - rows.length;
    const at = now();
    const kept = rows.map((values, index) => ({
      ...keep(values),
      id: first + index,
      createdAt: at,
      updatedAt: at,
    }));
    await store.insertMany(kept);
    return kept.map(show);
  }

  async function change(store: Store, filter: DataFilter, values: Values): Promise<DataRow[]> {
    const found = await select(store, { filter });
    const id = { in: found.map((each) => each['id']) };
    await store.update({ id }, keep(values));
    const changed = await store.find({ where: { id }, orderBy: { id: 'asc' } });
    return changed.map(show);
  }

  return {
    info: toInfo(row),
    insert: (rows) => together((store, manager) => add(store, manager, rows)),
    find: async (query) => (await select(storeOn(connectionTo(db)), query)).map(show),
    count: (filter) => storeOn(connectionTo(db)).count(toWhere(filter, places)),
    update: (filter, values) => together((store) => change(store, filter, values)),
    upsert: (filter, values) =>
      together(async (store, manager) => {
        const changed = await change(store, filter, values);
        return changed.length ? changed : add(store, manager, [values]);
      }),
    remove: (filter) =>
      together(async (store) => {
        const found = await select(store, { filter });
        await store.remove({ id: { in: found.map((each) => each['id']) } });
        return found.map(show);
      }),
  };
}
