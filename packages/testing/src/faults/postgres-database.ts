import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

const SERVER = process.env['MILLRACE_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';

/** A fresh Postgres database, gone after the test. */
export interface PostgresDatabase {
  readonly url: string;
  readonly name: string;
  close(): Promise<void>;
}

export async function openPostgresDatabase(server = SERVER): Promise<PostgresDatabase> {
  const name = `faults_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE ${name}`);
  return {
    url: `${server}/${name}`,
    name,
    close: () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Runs one statement in the maintenance database of a server. */
export async function run(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
