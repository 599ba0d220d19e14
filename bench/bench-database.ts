import { createRequire } from 'node:module';
import type * as Pg from 'pg';

const { Client }: typeof Pg = createRequire(
  new URL('../packages/server/package.json', import.meta.url),
)('pg');

const SERVER = process.env['MILLRACE_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';

/** A Postgres database of its own; `drop` it when nobody is connected any more. */
export async function createBenchDatabase() {
  const name = `bench_${process.pid}_${Date.now()}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  return { url: `${SERVER}/${name}`, drop: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** The one value a statement gives, past the instance. */
export async function queryDatabase(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client
    .query<[unknown]>({ text: sql, rowMode: 'array' })
    .finally(() => client.end());
  return rows[0]?.[0];
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: `${SERVER}/postgres` });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
