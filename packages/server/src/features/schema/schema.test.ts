import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  c,
  createTable,
  defineMigration,
  defineTable,
  type NodePackage,
} from '@millrace/workflow/node-api';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../config/index.ts';
import { MIGRATION_NAMES, openDatabase, ProcessEntity, type Database } from '../../db/index.ts';
import { createSchemaService } from './schema.service.ts';

const table = defineTable({ name: 'shop_orders', columns: { id: c.id() }, primaryKey: ['id'] });
const shop = {
  name: 'shop',
  namespace: 'shop',
  nodes: [],
  tables: [table],
  migrations: [defineMigration('0001', [createTable(table)])],
} satisfies NodePackage;

const adminUrl =
  process.env['MILLRACE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const name = `millrace_schema_${process.pid}_${Date.now()}`;
const url = new URL(`/${name}`, adminUrl).href;
const home = mkdtempSync(join(tmpdir(), 'millrace-schema-'));

beforeAll(() => asAdmin(`CREATE DATABASE ${name}`));
afterAll(async () => {
  rmSync(home, { recursive: true });
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

async function asAdmin(sql: string) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

test('a SQLite file that is not there is not made to tell that all is pending', async () => {
  const folder = join(home, 'none');
  const schema = createSchemaService(readConfig({ MILLRACE_HOME: folder }), [shop]);
  expect(await schema.status()).toEqual({
    database: 'sqlite',
    core: { done: [], pending: MIGRATION_NAMES, unknown: [] },
    packages: [{ package: 'shop', done: [], pending: ['0001'], unknown: [] }],
  });
  expect(existsSync(folder)).toBe(false);
});

/** Later tests go on from what earlier ones left. */
describe.each([
  ['sqlite', { MILLRACE_HOME: home }],
  ['postgres', { MILLRACE_HOME: home, MILLRACE_DATABASE_URL: url }],
] as const)('%s', (_, env) => {
  const config = readConfig(env);
  const schema = createSchemaService(config, [shop]);

  async function withDb<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase(config.database, { migrate: false });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }
  const query = (sql: string) => withDb((db) => db.source.query(sql));
  const counts = () =>
    query(`SELECT (SELECT count(*) FROM "execution") AS "executions",
      (SELECT count(*) FROM "execution_run") AS "runs"`);

  test('looking at an empty database leaves it empty', async () => {
    await withDb(async () => undefined);
    const { core } = await schema.status();
    expect(core).toEqual({ done: [], pending: MIGRATION_NAMES, unknown: [] });
    await expect(query('SELECT 1 FROM "migration"')).rejects.toThrow('migration');
    await expect(schema.revert()).rejects.toMatchObject({ code: 'DB_NOTHING_TO_REVERT' });
  });

  test('what is pending is done once', async () => {
    expect(await schema.migrate()).toEqual({
      core: MIGRATION_NAMES,
      packages: [{ package: 'shop', done: ['0001'] }],
    });
    expect(await schema.migrate()).toEqual({ core: [], packages: [] });
    const { core, packages } = await schema.status();
    expect(core).toEqual({ done: MIGRATION_NAMES, pending: [], unknown: [] });
    expect(packages).toEqual([{ package: 'shop', done: ['0001'], pending: [], unknown: [] }]);
  });

  test('nothing is undone under a running instance', async () => {
    const row = { id: 'one', role: 'main' as const, host: 'here', pid: 7, concurrency: 1 };
    const seen = { ...row, startedAt: 1, seenAt: Date.now() };
    await withDb((db) => db.source.getRepository(ProcessEntity).insert(seen));
    await expect(schema.revert()).rejects.toMatchObject({ code: 'CLI_INSTANCE_RUNNING' });
    expect((await schema.status()).core.pending).toEqual([]);
    await query('DELETE FROM "process"');
  });

  test('a database of a newer build is left as it is, and the migration named', async () => {
    await query(`INSERT INTO "migration" ("timestamp", "name")
      VALUES (9000000000000, 'FromTomorrow9000000000000')`);
    expect((await schema.status()).core.unknown).toEqual(['FromTomorrow9000000000000']);
    const refusal = {
      code: 'DB_SCHEMA_UNKNOWN',
      message: expect.stringContaining('FromTomorrow9000000000000'),
    };
    await expect(schema.revert()).rejects.toMatchObject(refusal);
    await expect(schema.migrate()).rejects.toMatchObject(refusal);
    await query(`DELETE FROM "migration" WHERE "name" = 'FromTomorrow9000000000000'`);
    expect((await schema.status()).core.done).toEqual(MIGRATION_NAMES);
  });

  test('one after the other is undone, and what older tables can hold stays', async () => {
    await query(`INSERT INTO "execution" ("id", "workflowId", "mode", "status", "createdAt")
      VALUES ('e', 'w', 'manual', 'success', 1)`);
    await query(`INSERT INTO "execution_run" ("executionId", "node", "runIndex", "attempt", "seq",
      "status", "startedAt", "durationMs", "sources", "outputs")
      VALUES ('e', 'n', 0, 0, 0, 'success', 1, 1, '[]', '[]')`);
    const before = await counts();
    for (const newest of MIGRATION_NAMES.slice(1).toReversed())
      expect(await schema.revert()).toEqual({ reverted: newest });
    expect(await counts()).toEqual(before);
    await expect(schema.revert()).rejects.toMatchObject({
      code: 'DB_NOTHING_TO_REVERT',
      message: expect.stringContaining(String(MIGRATION_NAMES[0])),
    });
  });

  test('and done again, over tables of packages that were left', async () => {
    const { core, packages } = await schema.migrate();
    expect(core).toEqual(MIGRATION_NAMES.slice(1));
    expect(packages).toEqual([{ package: 'shop', done: ['0001'] }]);
  });
});
