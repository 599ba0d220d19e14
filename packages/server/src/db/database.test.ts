import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, openDatabase, SettingEntity, type Database } from './index.ts';

const adminUrl =
  process.env['MILLRACE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const name = `millrace_db_${process.pid}_${Date.now()}`;
const folder = mkdtempSync(join(tmpdir(), 'millrace-db-'));

beforeAll(() => asAdmin(`CREATE DATABASE ${name}`));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe.each([
  ['sqlite', () => openDatabase({ kind: 'sqlite', path: join(folder, 'a', 'm.sqlite') })],
  ['postgres', () => openDatabase({ kind: 'postgres', url: urlOf(name) })],
] as const)('%s', (dialect, open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  test('entities ask for no change after all migrations', async () => {
    const drift = await db.source.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('migrations can be undone and run again', async () => {
    await db.source.undoLastMigration();
    expect(await db.source.runMigrations()).toHaveLength(1);
    expect(db.dialect).toBe(dialect);
  });

  test('a transaction that fails leaves nothing, one beside it stays', async () => {
    const write = (key: string, fail: boolean) =>
      db.transaction(async (manager) => {
        await manager.insert(SettingEntity, { key, value: '1' });
        if (fail) throw new Error('no');
      });
    const ends = await Promise.allSettled([
      write('kept', false),
      write('gone', true),
      write('last', false),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const keys = (await db.source.getRepository(SettingEntity).find()).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(['kept', 'last']);
  });

  test('instants come back as numbers', async () => {
    const rows: unknown = await db.transaction((manager) =>
      manager.query(`SELECT CAST(1763700000000 AS bigint) AS "at"`),
    );
    expect(rows).toEqual([{ at: 1763700000000 }]);
  });
});

test('ids made later sort after earlier ones', () => {
  expect(newId(1_000) < newId(2_000)).toBe(true);
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

async function asAdmin(sql: string) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function urlOf(database: string) {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
