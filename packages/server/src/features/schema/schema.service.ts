import { existsSync } from 'node:fs';
import type { NodePackage } from '@millrace/workflow/node-api';
import type { Config } from '../../config/index.ts';
import {
  alone,
  appliedMigrations,
  compareHistory,
  hasTable,
  MIGRATION_NAMES,
  openDatabase,
  PackageMigrationEntity,
  requireStopped,
  undoNewest,
  type Database,
  type SchemaHistory,
} from '../../db/index.ts';
import { openPackageTables } from '../../packages/index.ts';
import { NothingToRevertError, SchemaUnknownError } from './schema.error.ts';

/** Where a database stands: the core's tables, and those of each package that has some. */
interface SchemaStatus {
  readonly database: 'sqlite' | 'postgres';
  readonly core: SchemaHistory;
  readonly packages: readonly ({ readonly package: string } & SchemaHistory)[];
}

/** What a call did, by name. */
interface Migrated {
  readonly core: readonly string[];
  readonly packages: readonly { readonly package: string; readonly done: readonly string[] }[];
}

/** The tables of an instance, for people who change builds. Opens the database for each call. */
export function createSchemaService(config: Config, packages: readonly NodePackage[]) {
  const { database, leaseSeconds } = config;
  const withTables = packages.filter(({ migrations = [] }) => migrations.length > 0);

  async function opened<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase(database, { migrate: false });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  async function statusOf(db: Database): Promise<SchemaStatus> {
    const core = compareHistory(await appliedMigrations(db.source), MIGRATION_NAMES);
    const rows = (await hasTable(db.source, 'package_migration'))
      ? await db.source.getRepository(PackageMigrationEntity).find({ order: { appliedAt: 'ASC' } })
      : [];
    return { database: db.dialect, core, packages: packageHistories(withTables, rows) };
  }

  return {
    /** Changes nothing: a SQLite file that is not there is not made either. */
    async status(): Promise<SchemaStatus> {
      if (database.kind === 'sqlite' && !existsSync(database.path)) {
        const core = compareHistory([], MIGRATION_NAMES);
        return { database: database.kind, core, packages: packageHistories(withTables, []) };
      }
      return opened(statusOf);
    },

    /** Does what is pending, which is none the second time. @throws {SchemaUnknownError} */
    migrate: (): Promise<Migrated> =>
      opened(async (db) => {
        const before = await statusOf(db);
        refuseUnknown(before.core);
        await alone(db.source, () => db.source.runMigrations({ transaction: 'each' }));
        await openPackageTables(db, packages);
        const after = await statusOf(db);
        return {
          core: newIn(after.core, before.core),
          packages: after.packages.flatMap((each, index) => {
            const done = newIn(each, before.packages[index]);
            return done.length > 0 ? { package: each.package, done } : [];
          }),
        };
      }),

    /**
     * Undoes the core's newest migration, with what is stored in the tables and columns it made.
     *
     * @throws {SchemaUnknownError} {@link NothingToRevertError}, and while the instance runs
     */
    revert: (): Promise<{ readonly reverted: string }> =>
      opened((db) =>
        alone(db.source, async () => {
          const { core } = await statusOf(db);
          refuseUnknown(core);
          const reverted = newestOf(core);
          await requireStopped(db.source.manager, { command: 'millrace db revert', leaseSeconds });
          await undoNewest(db.source);
          return { reverted };
        }),
      ),
  };
}

const packageHistories = (
  packages: readonly NodePackage[],
  rows: readonly { readonly package: string; readonly name: string }[],
) =>
  packages.map(({ name, migrations = [] }) => {
    const applied = rows.filter((row) => row.package === name).map((row) => row.name);
    const known = migrations.map((migration) => migration.name);
    return { package: name, ...compareHistory(applied, known) };
  });

function refuseUnknown({ unknown }: SchemaHistory): void {
  if (unknown.length > 0) throw new SchemaUnknownError(unknown);
}

function newestOf({ done }: SchemaHistory): string {
  const newest = done.at(-1);
  if (newest === undefined)
    throw new NothingToRevertError('the database is empty', 'Run "millrace db migrate" to fill it');
  if (done.length === 1)
    throw new NothingToRevertError(
      `only the first one, ${newest}, is left, and without it nothing is`,
      'Delete the database if that is what you want',
    );
  return newest;
}

const newIn = (after: SchemaHistory, before: SchemaHistory | undefined) =>
  after.done.filter((name) => !before?.done.includes(name));
