import {
  addColumn,
  addIndex,
  c,
  createTable,
  defineMigration,
  defineTable,
  dropColumn,
  dropIndex,
  dropTable,
  type NodePackage,
  type TableDeclaration,
  type TableMigration,
} from '@millrace/workflow/node-api';
import { Client } from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, openDatabase, ProjectEntity, type Database } from '../db/index.ts';
import { createTables } from '../tables/index.ts';
import { migratePackages } from './migrate-packages.ts';

const first = defineTable({
  name: 'shop_orders',
  columns: { id: c.id(), item: c.text(), note: c.nullable(c.text()) },
  primaryKey: ['id'],
  indexes: [['item']],
});
const later = defineTable({
  name: 'shop_orders',
  columns: {
    id: c.id(),
    item: c.text(),
    state: c.withDefault(c.text(), "it's open"),
    isGift: c.withDefault(c.boolean(), true),
    changedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['item']],
});
const initial = defineMigration('0001', [createTable(first)]);
const changes = defineMigration('0002', [
  addColumn(later, 'state', later.columns.state),
  addColumn(later, 'isGift', later.columns.isGift),
  addColumn(later, 'changedAt', later.columns.changedAt),
  dropColumn(later, 'note'),
  dropIndex(later, ['item']),
  addIndex(later, ['item'], { isUnique: true }),
]);

const shop = (tables: readonly TableDeclaration[], migrations: readonly TableMigration[]) =>
  ({ name: 'shop', namespace: 'shop', nodes: [], tables, migrations }) satisfies NodePackage;

const adminUrl =
  process.env['MILLRACE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const made: string[] = [];

async function asAdmin(sql: string) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function openPostgres() {
  const name = `millrace_migrate_${process.pid}_${made.length}`;
  made.push(name);
  await asAdmin(`CREATE DATABASE ${name}`);
  return openDatabase({
    kind: 'postgres',
    url: Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href,
  });
}
afterAll(async () => {
  for (const name of made) await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe.each([
  ['sqlite', () => openDatabase({ kind: 'sqlite', path: ':memory:' })],
  ['postgres', openPostgres],
] as const)('migrations of a package on %s', (_, open) => {
  let db: Database;
  const projectId = newId();
  const storeOf = <T extends TableDeclaration>(table: T) =>
    createTables({
      db,
      declared: new Map([[table.name, table]]),
      projectId: async () => projectId,
      now: () => 5,
    }).open(table);

  beforeEach(async () => {
    db = await open();
    await db.transaction((manager) =>
      manager.insert(ProjectEntity, { id: projectId, name: 'P', kind: 'team', createdAt: 0 }),
    );
  });
  afterEach(() => db.close());

  test('an old instance is brought to the present form with its rows', async () => {
    await migratePackages(db, [shop([first], [initial])]);
    await storeOf(first).insert({ id: 'a', item: 'pen', note: 'x' });
    await migratePackages(db, [shop([later], [initial, changes])]);
    const row = { id: 'a', item: 'pen', state: "it's open", isGift: true, changedAt: 0 };
    expect(await storeOf(later).find()).toEqual([row]);
    const again = storeOf(later).insert({ item: 'pen' });
    await expect(again).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
  });

  test('a new instance whose first step makes the present form ends the same', async () => {
    const all = [defineMigration('0001', [createTable(later)]), changes];
    await migratePackages(db, [shop([later], all)]);
    await migratePackages(db, [shop([later], all)]);
    await storeOf(later).insert({ item: 'pen' });
    expect(await storeOf(later).count()).toBe(1);
  });

  test('tables that are not what is declared stop the start, and nothing of it stays', async () => {
    const starting = migratePackages(db, [shop([later], [initial])]);
    await expect(starting).rejects.toMatchObject({
      code: 'NODE_PACKAGE_INVALID',
      message: expect.stringContaining('lacks state, isGift, changedAt and still has note'),
    });
    await migratePackages(db, [shop([first], [initial])]);
    expect(await storeOf(first).count()).toBe(0);
  });

  test('a table is dropped, also where it never was', async () => {
    const gone = defineMigration('0002', [dropTable('shop_orders'), dropTable('shop_none')]);
    await migratePackages(db, [shop([first], [initial])]);
    await migratePackages(db, [shop([], [initial, gone])]);
    await expect(storeOf(first).count()).rejects.toThrow('shop_orders');
  });

  test('two processes that start at once migrate once', async () => {
    const packages = [shop([first], [initial])];
    await Promise.all([migratePackages(db, packages), migratePackages(db, packages)]);
    expect(await storeOf(first).count()).toBe(0);
  });
});
