import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Database } from './database.ts';
import { ENTITIES } from './entities/all-entities.ts';
import { MIGRATIONS } from './migrations/all-migrations.ts';

/** Where the store is: a SQLite file (or `:memory:`), or a Postgres URL. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** Connects and brings the schema up to date. The driver that is not used is never loaded. */
export async function openDatabase(
  location: DatabaseLocation,
  { migrate = true, poolSize = 10 }: { migrate?: boolean; poolSize?: number } = {},
): Promise<Database> {
  const options =
    location.kind === 'sqlite'
      ? await sqlite(location.path)
      : await postgres(location.url, poolSize);
  const source = await new DataSource(options).initialize();
  if (migrate) await source.runMigrations({ transaction: 'each' });
  return {
    dialect: location.kind,
    source,
    transaction:
      location.kind === 'sqlite' ? oneAtATime(source) : (work) => source.transaction(work),
    close: () => source.destroy(),
  };
}

const shared = { entities: ENTITIES, migrations: MIGRATIONS, migrationsTableName: 'migration' };

async function sqlite(path: string): Promise<DataSourceOptions> {
  const { default: driver } = await import('better-sqlite3');
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return {
    ...shared,
    type: 'better-sqlite3',
    database: path,
    driver,
    enableWAL: path !== ':memory:',
    // Full: what was answered survives a power cut, not only a killed process.
    prepareDatabase: (db: { pragma(text: string): unknown }) => {
      db.pragma('synchronous = FULL');
      db.pragma('busy_timeout = 5000');
    },
  };
}

async function postgres(url: string, poolSize: number): Promise<DataSourceOptions> {
  const { default: driver } = await import('pg');
  return {
    ...shared,
    type: 'postgres',
    url,
    driver,
    poolSize,
    parseInt8: true,
    installExtensions: false,
  };
}

/** Runs transactions one after the other: SQLite's driver has a single connection. */
function oneAtATime(source: DataSource): Database['transaction'] {
  const tail: { promise: Promise<unknown> } = { promise: Promise.resolve() };
  return (work) => {
    const next = tail.promise.then(() => source.transaction(work));
    tail.promise = next.catch(() => undefined);
    return next;
  };
}
