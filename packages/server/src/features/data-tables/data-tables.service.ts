import { NotFoundError } from '@millrace/workflow/errors';
import type { DataColumn, DataTableInfo, DataTables } from '@millrace/workflow/node-api';
import type { EntityManager } from 'typeorm';
import { DataTableEntity, newId, type Database, type DataTableRow } from '../../db/index.ts';
import { ConflictError, InvalidError } from '../../platform/index.ts';
import {
  addColumnSql,
  createTableSql,
  dialectOf,
  dropColumnSql,
  dropTableSql,
} from '../../tables/index.ts';
import { createDataTable } from './data-table-rows.ts';
import {
  checkColumns,
  columnDeclaration,
  columnName,
  declarationOf,
  storedColumns,
  toInfo,
} from './table-shape.ts';

/** The data tables of one project, with what only people do to them. */
export interface ManagedDataTables extends DataTables {
  addColumn(id: string, column: DataColumn): Promise<DataTableInfo>;
  renameColumn(id: string, from: string, to: string): Promise<DataTableInfo>;
  removeColumn(id: string, name: string): Promise<DataTableInfo>;
}

const MAX_TABLES = 500;

/**
 * Data tables: tables people make, for workflows to keep rows in. Each has a table of its own in
 * the database, so that filters and sorting are the database's work.
 *
 * @param open - The database; asked for at the first use.
 */
export function createDataTables(
  open: () => Promise<Database>,
  projectOf: () => Promise<string>,
  now: () => number = Date.now,
): ManagedDataTables {
  async function find(ref: { readonly id: string } | { readonly name: string }) {
    const [db, projectId] = [await open(), await projectOf()];
    const row = await db.source.getRepository(DataTableEntity).findOneBy({ ...ref, projectId });
    if (!row) throw new NotFoundError('data table', 'id' in ref ? ref.id : ref.name);
    return { db, row };
  }

  /** Changes one table, its columns as they are now, and nobody else beside. */
  async function change(
    id: string,
    work: (
      row: DataTableRow,
      manager: EntityManager,
      db: Database,
    ) => Promise<Partial<DataTableRow>>,
  ): Promise<DataTableInfo> {
    const { db } = await find({ id });
    return db.transaction(async (manager) => {
      const row = await manager.findOneOrFail(DataTableEntity, {
        where: { id },
        ...(db.dialect === 'postgres' && { lock: { mode: 'pessimistic_write' as const } }),
      });
      const changes = { ...(await work(row, manager, db)), updatedAt: now() };
      await manager.update(DataTableEntity, { id }, changes);
      return toInfo({ ...row, ...changes });
    });
  }

  return {
    async list() {
      const [db, projectId] = [await open(), await projectOf()];
      const rows = await db.source
        .getRepository(DataTableEntity)
        .find({ where: { projectId }, order: { name: 'ASC' } });
      return rows.map(toInfo);
    },

    async create({ name, columns }) {
      const [db, projectId] = [await open(), await projectOf()];
      checkColumns(columns);
      const row: DataTableRow = {
        id: newId(now()),
        projectId,
        name: readName(name),
        columns: JSON.stringify(columns.map((column, number) => ({ ...column, number }))),
        nextColumn: columns.length,
        nextRowId: 1,
        createdAt: now(),
        updatedAt: now(),
      };
      return db.transaction(async (manager) => {
        await refuseTaken(manager, row);
        if ((await manager.countBy(DataTableEntity, { projectId })) >= MAX_TABLES)
          throw new ConflictError(`There are ${MAX_TABLES} data tables`, 'Remove one first');
        await manager.insert(DataTableEntity, row);
        for (const sql of createTableSql(declarationOf(row), dialectOf(db)))
          await manager.query(sql);
        return toInfo(row);
      });
    },

    rename: (id, given) =>
      change(id, async (row, manager) => {
        const name = readName(given);
        if (name !== row.name) await refuseTaken(manager, { ...row, name });
        return { name };
      }),

    async remove(id) {
      const { db, row } = await find({ id });
      await db.transaction(async (manager) => {
        await manager.delete(DataTableEntity, { id });
        await manager.query(dropTableSql(declarationOf(row).name));
      });
    },

    async open(ref) {
      const { db, row } = await find(ref);
      return createDataTable(db, row, now);
    },

    addColumn: (id, column) =>
      change(id, async (row, manager, db) => {
        const before = storedColumns(row);
        checkColumns([...before, column]);
        const added = { ...column, number: row.nextColumn };
        const { name } = declarationOf(row);
        await manager.query(
          addColumnSql(name, columnName(added), columnDeclaration(added), dialectOf(db)),
        );
        return { columns: JSON.stringify([...before, added]), nextColumn: row.nextColumn + 1 };
      }),

    renameColumn: (id, from, to) =>
      change(id, async (row) => {
        const columns = storedColumns(row);
        requireColumn(columns, from);
        const after = columns.map((each) => (each.name === from ? { ...each, name: to } : each));
        checkColumns(after);
        return { columns: JSON.stringify(after) };
      }),

    removeColumn: (id, name) =>
      change(id, async (row, manager) => {
        const columns = storedColumns(row);
        const gone = requireColumn(columns, name);
        await manager.query(dropColumnSql(declarationOf(row).name, columnName(gone)));
        return { columns: JSON.stringify(columns.filter((each) => each !== gone)) };
      }),
  };
}

function requireColumn<C extends DataColumn>(columns: readonly C[], name: string): C {
  const found = columns.find((each) => each.name === name);
  if (!found) throw new NotFoundError('column', name);
  return found;
}

function readName(given: string): string {
  const name = given.trim();
  if (name.length > 0 && name.length <= 128) return name;
  throw new InvalidError('A data table needs a name', 'Use 1 to 128 characters');
}

async function refuseTaken(manager: EntityManager, { projectId, name }: DataTableRow) {
  if (await manager.existsBy(DataTableEntity, { projectId, name }))
    throw new ConflictError(`There is a data table "${name}" already`, 'Choose another name');
}
