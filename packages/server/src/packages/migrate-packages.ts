import type {
  NodePackage,
  TableDeclaration,
  TableMigration,
  TableStep,
} from '@millrace/workflow/node-api';
import type { EntityManager } from 'typeorm';
import { PackageMigrationEntity, type Database } from '../db/index.ts';
import { PackageInvalidError } from './package-invalid.error.ts';
import {
  dialectOf,
  PROJECT,
  addColumnSql,
  createIndexSql,
  createTableSql,
  dropColumnSql,
  dropIndexSql,
  dropTableSql,
  type Dialect,
} from '../tables/index.ts';

/** Any number that is the same in every process: who holds it migrates. */
const MIGRATION_LOCK = 7_243_101;

/** Brings the tables of all packages up to date. @throws {PackageInvalidError} where that fails. */
export async function migratePackages(
  db: Database,
  packages: readonly NodePackage[],
  now: () => number = Date.now,
): Promise<void> {
  const dialect = dialectOf(db);
  for (const each of packages) {
    const { name, migrations = [], tables = [] } = each;
    if (tables.length === 0 && migrations.length === 0) continue;
    await db.transaction(async (manager) => {
      if (dialect.kind === 'postgres')
        await manager.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const applied = await manager.findBy(PackageMigrationEntity, { package: name });
      const known = new Set(applied.map((row) => row.name));
      for (const migration of migrations) {
        if (known.has(migration.name)) continue;
        await applyMigration(manager, dialect, migration);
        const row = { package: name, name: migration.name, appliedAt: now() };
        await manager.insert(PackageMigrationEntity, row);
      }
      for (const table of tables) await requireShape(manager, dialect, each, table);
    });
  }
}

async function applyMigration(
  manager: EntityManager,
  dialect: Dialect,
  { steps }: TableMigration,
): Promise<void> {
  for (const step of steps)
    for (const sql of await statementsOf(manager, dialect, step)) await manager.query(sql);
}

/** None where the step holds already. */
async function statementsOf(
  manager: EntityManager,
  dialect: Dialect,
  step: TableStep,
): Promise<string[]> {
  switch (step.kind) {
    case 'createTable': {
      const columns = await columnsOf(manager, dialect, step.table.name);
      return columns.size ? [] : createTableSql(step.table, dialect);
    }
    case 'dropTable':
      return [dropTableSql(step.table)];
    case 'addColumn': {
      const columns = await columnsOf(manager, dialect, step.table);
      return columns.has(step.name)
        ? []
        : [addColumnSql(step.table, step.name, step.column, dialect)];
    }
    case 'dropColumn': {
      const columns = await columnsOf(manager, dialect, step.table);
      return columns.has(step.name) ? [dropColumnSql(step.table, step.name)] : [];
    }
    case 'addIndex':
      return [createIndexSql(step.table, step.columns, step.isUnique, dialect)];
    case 'dropIndex':
      return [dropIndexSql(step.table, step.columns)];
    default:
      return step satisfies never;
  }
}

/** Names of the columns a table has; none when there is no such table. */
async function columnsOf(
  manager: EntityManager,
  { kind, placeholder }: Dialect,
  table: string,
): Promise<Set<string>> {
  const sql =
    kind === 'sqlite'
      ? `SELECT name FROM pragma_table_info(${placeholder(1)})`
      : `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = ${placeholder(1)}`;
  const rows: readonly { readonly name: string }[] = await manager.query(sql, [table]);
  return new Set(rows.map(({ name }) => name));
}

async function requireShape(
  manager: EntityManager,
  dialect: Dialect,
  { name: packageName }: NodePackage,
  { name, columns }: TableDeclaration,
): Promise<void> {
  const present = await columnsOf(manager, dialect, name);
  const declared = [PROJECT, ...Object.keys(columns)];
  const missing = declared.filter((column) => !present.has(column));
  const extra = [...present].filter((column) => !declared.includes(column));
  if (missing.length || extra.length)
    throw new PackageInvalidError(
      `Package "${packageName}": after all migrations, table "${name}" ${[
        ...(missing.length ? [`lacks ${missing.join(', ')}`] : []),
        ...(extra.length ? [`still has ${extra.join(', ')}`] : []),
      ].join(' and ')}`,
      'Add a migration with the steps that are missing; never change one that was released',
    );
}
