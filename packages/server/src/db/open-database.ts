import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Pool as PgPool, PoolConfig } from 'pg';
import type { Database as Handle } from 'better-sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AbstractSqliteDriver } from 'typeorm/driver/sqlite-abstract/AbstractSqliteDriver.js';
import { alone } from './alone.ts';
import type { Database } from './database.ts';
import { ENTITIES } from './entities/all-entities.ts';
import { MIGRATIONS } from './migrations/all-migrations.ts';
import { prepareSqlite } from './prepare-sqlite.ts';

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
  if (migrate) await alone(source, () => source.runMigrations({ transaction: 'each' }));
  const turn = location.kind === 'sqlite' ? oneAtATime() : <T>(work: () => Promise<T>) => work();
  return {
    dialect: location.kind,
    source,
    file: location.kind === 'sqlite' && location.path !== IN_MEMORY ? location.path : undefined,
    turn,
    transaction: (work) =>
      turn(() =>
        source.transaction(work).catch(async (error: unknown) => {
          await forgetTransaction(source);
          throw error;
        }),
      ),
    close: () => source.destroy(),
  };
}

const IN_MEMORY = ':memory:';

const shared = { entities: ENTITIES, migrations: MIGRATIONS, migrationsTableName: 'migration' };

async function sqlite(path: string): Promise<DataSourceOptions> {
  const { default: driver } = await import('better-sqlite3');
  if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return {
    ...shared,
    type: 'better-sqlite3',
    database: path,
    driver,
    enableWAL: path !== IN_MEMORY,
    prepareDatabase: prepareSqlite,
  };
}

async function postgres(url: string, poolSize: number): Promise<DataSourceOptions> {
  const { default: driver } = await import('pg');
  return {
    ...shared,
    type: 'postgres',
    url,
    driver: { ...driver, Pool: steady(driver.Pool) },
    poolSize,
    extra: {
      // Half-open connections are noticed, and a Postgres that is away is said to be away.
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
      // A process that is stopped in a transaction must not keep its rows from others.
      idle_in_transaction_session_timeout: 5000,
    },
    parseInt8: true,
    installExtensions: false,
  };
}

/**
 * Connections may end more than once: Postgres says so, then the socket breaks. An error nobody listens for
 * ends the process; whoever uses the connection is told by their query in any case.
 */
function steady(Pool: typeof PgPool): typeof PgPool {
  return class extends Pool {
    constructor(options?: PoolConfig) {
      super(options);
      this.on('connect', (client) => client.on('error', () => undefined));
    }
  };
}

/**
 * SQLite may have rolled back by itself, as it does when the disk is full. TypeORM then counts on with a
 * transaction that is gone, and leaves later ones open; so it gets another runner on the same connection.
 */
async function forgetTransaction({ driver }: DataSource): Promise<void> {
  if (!(driver instanceof AbstractSqliteDriver) || !driver.queryRunner?.isTransactionActive) return;
  const handle: Handle = await driver.queryRunner.connect();
  if (handle.inTransaction) handle.exec('ROLLBACK');
  delete driver.queryRunner;
}

/** One after the other: SQLite has a single writer. */
function oneAtATime(): Database['turn'] {
  const tail: { promise: Promise<unknown> } = { promise: Promise.resolve() };
  return (work) => {
    const next = tail.promise.then(work);
    tail.promise = next.catch(() => undefined);
    return next;
  };
}
