import type { DataTables, NodePackage, Tables } from '@millrace/workflow/node-api';
import { newId, openDatabase, ProjectEntity, type Database } from '../db/index.ts';
import { createDataTables } from '../features/data-tables/index.ts';
import { checkPackages } from './check-packages.ts';
import { migratePackages } from './migrate-packages.ts';
import { createTables } from '../tables/index.ts';

/** Tables that are gone with the process, for the command line. */
export interface MemoryStorage {
  readonly tables: Tables;
  readonly dataTables: DataTables;
  close(): Promise<void>;
}

/** A SQLite database in memory with one project; made when the first table is opened. */
export function createMemoryStorage(packages: readonly NodePackage[]): MemoryStorage {
  const projectId = newId();
  const held: { db?: Promise<Database> } = {};
  const db = (): Promise<Database> => (held.db ??= open(packages, projectId));
  const all = packages.flatMap(({ tables = [] }) => tables);

  return {
    tables: createTables({
      declared: new Map(all.map((table) => [table.name, table])),
      projectId: async () => projectId,
      db: {
        dialect: 'sqlite',
        source: { query: async (sql, values) => (await db()).source.query(sql, values) },
        transaction: async (work) => (await db()).transaction(work),
      },
    }),
    dataTables: createDataTables(db, async () => projectId),
    async close() {
      await (await held.db)?.close();
    },
  };
}

async function open(packages: readonly NodePackage[], projectId: string): Promise<Database> {
  const db = await openDatabase({ kind: 'sqlite', path: ':memory:' });
  const reserved = new Set(db.source.entityMetadatas.map(({ tableName }) => tableName));
  checkPackages(packages, { reserved });
  await db.transaction((manager) =>
    manager.insert(ProjectEntity, { id: projectId, name: 'Memory', kind: 'team', createdAt: 0 }),
  );
  await migratePackages(db, packages);
  return db;
}
