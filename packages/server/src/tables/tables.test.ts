import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  c,
  createTable,
  defineMigration,
  defineTable,
  type Where,
} from '@millrace/workflow/node-api';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, ProjectEntity, type Database } from '../db/index.ts';
import { migratePackages } from '../packages/migrate-packages.ts';
import { createTables } from './tables.ts';

const clusters = defineTable({
  name: 'shop_clusters',
  columns: { id: c.id(), name: c.text() },
  primaryKey: ['id'],
});
const keywords = defineTable({
  name: 'shop_keywords',
  columns: {
    id: c.id(),
    text: c.text(),
    market: c.withDefault(c.text(), 'en'),
    intent: c.nullable(c.oneOf(['buy', 'learn'])),
    volume: c.nullable(c.integer()),
    score: c.withDefault(c.real(), 0),
    isOwn: c.withDefault(c.boolean(), false),
    parts: c.nullable(c.json<{ kd: number; names: string[] }>()),
    clusterId: c.nullable(c.references(c.text(), { table: 'shop_clusters', onDelete: 'cascade' })),
    createdAt: c.createdAt(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['id'],
  unique: [['text', 'market']],
  indexes: [['score'], ['volume', 'text']],
});
const ranks = defineTable({
  name: 'shop_ranks',
  columns: { keyword: c.text(), day: c.integer(), position: c.nullable(c.integer()) },
  primaryKey: ['keyword', 'day'],
});
const tables = [clusters, keywords, ranks];
const shop = {
  name: 'shop',
  namespace: 'shop',
  nodes: [],
  tables,
  migrations: [defineMigration('0001-first', tables.map(createTable))],
};
const declared = new Map(tables.map((table) => [table.name, table]));

const adminUrl =
  process.env['MILLRACE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const name = `millrace_tables_${process.pid}_${Date.now()}`;
const folder = mkdtempSync(join(tmpdir(), 'millrace-tables-'));

async function asAdmin(sql: string) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const urlOf = (database: string) =>
  Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;

beforeAll(() => asAdmin(`CREATE DATABASE ${name}`));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** What is asked, and the texts of the rows that fit. */
const CONDITIONS: readonly [string, Where<typeof keywords>, string][] = [
  ['equal', { volume: 2 }, 'b'],
  ['null', { volume: null }, 'd'],
  ['in', { text: { in: ['a', 'c', 'x'] } }, 'ac'],
  ['in with null', { volume: { in: [1, null] } }, 'ad'],
  ['in nothing', { text: { in: [] } }, ''],
  ['truth in a list', { isOwn: { in: [true] } }, 'a'],
  ['not, which null is', { volume: { not: 2 } }, 'acd'],
  ['not null', { volume: { not: null } }, 'abc'],
  ['between', { volume: { gt: 1, lte: 3 } }, 'bc'],
  ['below', { volume: { lt: 2 } }, 'a'],
  ['isNull', { parts: { isNull: false } }, 'b'],
  ['like in either case', { intent: { like: 'B%' } }, 'c'],
  ['contains, to the letter', { market: { contains: '5%_' } }, 'd'],
  ['or', { or: [{ text: 'a' }, { volume: { gte: 3 } }] }, 'ac'],
  ['or of nothing', { or: [] }, ''],
  ['and beside or', { isOwn: false, or: [{ text: 'a' }, { text: 'b' }] }, 'b'],
  ['and', { and: [{ volume: { gt: 1 } }, { or: [{ text: 'a' }, { text: 'c' }] }] }, 'c'],
  ['nothing asked', {}, 'abcd'],
];

describe.each([
  ['sqlite', () => openDatabase({ kind: 'sqlite', path: join(folder, 'm.sqlite') })],
  ['postgres', () => openDatabase({ kind: 'postgres', url: urlOf(name) })],
] as const)('tables of a package on %s', (_, open) => {
  let db: Database;
  let clock = 1000;
  const of = (project: string) =>
    createTables({ db, declared, projectId: async () => project, now: () => clock });

  beforeAll(async () => {
    db = await open();
    for (const id of ['p1', 'p2'])
      await db.transaction((manager) =>
        manager.insert(ProjectEntity, { id, name: id, kind: 'team', createdAt: 0 }),
      );
    await migratePackages(db, [shop]);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    clock = 1000;
    for (const project of ['p1', 'p2'])
      for (const table of tables) await of(project).open(table).remove({});
  });

  test('every type comes back as it was written, with what was left out filled in', async () => {
    const store = of('p1').open(keywords);
    const parts = { kd: 3.5, names: ["o'neill", '"; DROP TABLE user; --', 'ä€😀'] };
    const row = await store.insert({
      text: 'running shoes',
      intent: 'buy',
      volume: 2 ** 52,
      isOwn: true,
      parts,
    });
    expect(row).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      text: 'running shoes',
      market: 'en',
      intent: 'buy',
      volume: 2 ** 52,
      score: 0,
      isOwn: true,
      parts,
      clusterId: null,
      createdAt: 1000,
      updatedAt: 1000,
    });
    expect(await store.find()).toEqual([row]);
    expect(await store.find({ columns: ['volume'] })).toEqual([{ volume: 2 ** 52 }]);
  });

  test('a project sees, changes and removes its own rows only', async () => {
    const one = of('p1').open(keywords);
    const two = of('p2').open(keywords);
    await one.insert({ text: 'a' });
    await two.insert({ text: 'a' });
    expect(await two.update({}, { volume: 5 })).toBe(1);
    expect(await one.find({ columns: ['volume'] })).toEqual([{ volume: null }]);
    expect(await two.remove({})).toBe(1);
    expect(await one.count()).toBe(1);
  });

  test('no row can name a row of another project', async () => {
    const foreign = await of('p2').open(clusters).insert({ name: 'x' });
    const adding = of('p1').open(keywords).insert({ text: 'a', clusterId: foreign.id });
    await expect(adding).rejects.toMatchObject({ code: 'RESOURCE_INVALID' });
    const own = await of('p1').open(clusters).insert({ name: 'x' });
    await of('p1').open(keywords).insert({ text: 'a', clusterId: own.id });
    await of('p1').open(clusters).remove({ id: own.id });
    expect(await of('p1').open(keywords).count()).toBe(0);
  });

  test('an upsert overwrites what is given, keeps the rest, and takes the last of equal rows', async () => {
    const store = of('p1').open(keywords);
    const first = await store.insert({ text: 'a', volume: 1, score: 9 });
    clock = 2000;
    const written = await store.upsertMany(
      [
        { text: 'a', market: 'en', volume: 2 },
        { text: 'b', market: 'en', volume: 3 },
        { text: 'a', market: 'en', volume: 4 },
      ],
      { by: ['text', 'market'] },
    );
    expect(written).toBe(2);
    const rows = await store.find({ orderBy: { text: 'asc' } });
    expect(rows[0]).toEqual({ ...first, volume: 4, updatedAt: 2000 });
    expect(rows[1]).toMatchObject({ text: 'b', volume: 3, createdAt: 2000 });
    await store.upsertMany([{ text: 'a', market: 'en', volume: 7, score: 1 }], {
      by: ['text', 'market'],
      update: ['score'],
    });
    expect(await store.findOne({ text: 'a' })).toMatchObject({ volume: 4, score: 1 });
  });

  test('an upsert by what is no key, or without a key, is refused', async () => {
    const store = of('p1').open(keywords);
    await expect(store.upsertMany([{ text: 'a' }], { by: ['text'] })).rejects.toThrow(
      '(text) is no key',
    );
    await expect(store.upsertMany([{ text: 'a' }], { by: ['text', 'market'] })).rejects.toThrow(
      'has no value for its key (text, market)',
    );
  });

  test('rows are changed by key, each to its own values; the last of equal ones counts', async () => {
    const store = of('p1').open(keywords);
    const a = await store.insert({
      text: 'a',
      volume: 1,
      isOwn: true,
      parts: { kd: 1, names: [] },
    });
    const b = await store.insert({ text: 'b', volume: 1, intent: 'buy' });
    const foreign = await of('p2').open(keywords).insert({ text: 'a', volume: 1 });
    clock = 2000;
    const parts = { kd: 2, names: ["o'neill"] };
    const changed = await store.updateMany(
      [
        { id: a.id, volume: 5, intent: null, isOwn: true, score: 0, parts: null },
        { id: b.id, volume: null, intent: null, isOwn: true, score: 2.5, parts },
        { id: a.id, volume: 7, intent: 'learn', isOwn: false, score: 1, parts: null },
        { id: 'gone', volume: 1, intent: null, isOwn: true, score: 0, parts: null },
        { id: foreign.id, volume: 9, intent: null, isOwn: true, score: 0, parts: null },
      ],
      { by: ['id'] },
    );
    expect(changed).toBe(2);
    expect(await store.find({ orderBy: { text: 'asc' } })).toEqual([
      { ...a, volume: 7, intent: 'learn', isOwn: false, score: 1, parts: null, updatedAt: 2000 },
      { ...b, volume: null, intent: null, isOwn: true, score: 2.5, parts, updatedAt: 2000 },
    ]);
    expect(await of('p2').open(keywords).find()).toEqual([foreign]);
    expect(
      await store.updateMany([{ text: 'b', market: 'en', volume: 4 }], { by: ['text', 'market'] }),
    ).toBe(1);
    expect(await store.updateMany([], { by: ['id'] })).toBe(0);
    expect(await store.updateMany([{ id: a.id }], { by: ['id'] })).toBe(0);
  });

  test('changes by key are refused whole: no key, a wrong value, other columns', async () => {
    const store = of('p1').open(keywords);
    const rows = Array.from({ length: 600 }, (_each, i) => ({ id: `k${i}`, text: `t${i}` }));
    await store.insertMany(rows);
    const last = rows.map(({ id }, i) => ({ id, volume: i === 599 ? 0.5 : 1 }));
    await expect(store.updateMany(last, { by: ['id'] })).rejects.toThrow('Column "volume"');
    expect(await store.count({ volume: null })).toBe(600);
    expect(
      await store.updateMany(
        rows.map(({ id }, i) => ({ id, volume: i })),
        { by: ['id'] },
      ),
    ).toBe(600);
    await expect(store.updateMany([{ text: 'a', volume: 1 }], { by: ['text'] })).rejects.toThrow(
      '(text) is no key',
    );
    const uneven: { id: string; volume: number }[] = JSON.parse(
      '[{"id":"k1","volume":1},{"id":"k2","score":1}]',
    );
    await expect(store.updateMany(uneven, { by: ['id'] })).rejects.toThrow(
      'Row 2 for table "shop_keywords" names other columns than the first',
    );
  });

  test('rows whose key is there are a conflict, or skipped; none of the others stays', async () => {
    const store = of('p1').open(keywords);
    await store.insert({ text: 'a' });
    const rows = [{ text: 'b' }, { text: 'a' }];
    await expect(store.insertMany(rows)).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
    expect(await store.count()).toBe(1);
    expect(await store.insertMany(rows, { onConflict: 'skip' })).toBe(1);
    expect(await store.insertMany([])).toBe(0);
  });

  test.each(CONDITIONS)('finds by %s', async (_name, where, found) => {
    const store = of('p1').open(keywords);
    await store.insertMany([
      { text: 'a', volume: 1, isOwn: true },
      { text: 'b', volume: 2, parts: { kd: 1, names: [] } },
      { text: 'c', volume: 3, intent: 'buy' },
      { text: 'd', market: 'x5%_y' },
    ]);
    const rows = await store.find({ where, orderBy: { text: 'asc' } });
    expect(rows.map(({ text }) => text).join('')).toBe(found);
  });

  test('sorts with null as the smallest, in byte order, and cuts', async () => {
    const store = of('p1').open(keywords);
    await store.insertMany([
      { text: 'b', volume: 1 },
      { text: 'B', volume: 1 },
      { text: 'z' },
      { text: 'a', volume: 2 },
    ]);
    const texts = async (query: Parameters<typeof store.find>[0]) =>
      (await store.find(query)).map(({ text }) => text).join('');
    expect(await texts({ orderBy: { volume: 'desc', text: 'asc' } })).toBe('aBbz');
    expect(await texts({ orderBy: { volume: 'asc', text: 'desc' } })).toBe('zbBa');
    expect(await texts({ orderBy: { text: 'asc' }, limit: 2, offset: 1 })).toBe('ab');
  });

  test('pages give every row once, in the order of the key', async () => {
    const store = of('p1').open(ranks);
    const rows = Array.from({ length: 25 }, (_each, i) => ({
      keyword: `k${i % 5}`,
      day: i,
      position: i % 2 ? i : null,
    }));
    await store.insertMany(rows);
    const pages = [];
    for await (const page of store.pages({ where: { position: { isNull: false } }, size: 5 }))
      pages.push(page);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    const expected = rows
      .filter(({ position }) => position !== null)
      .toSorted((a, b) => a.keyword.localeCompare(b.keyword) || a.day - b.day);
    expect(pages.flat()).toEqual(expected);
  });

  test('figures by group are numbers; over nothing they are null and the count is 0', async () => {
    const store = of('p1').open(keywords);
    const figures = {
      n: 'count',
      total: { sum: 'volume' },
      mean: { avg: 'volume' },
      least: { min: 'score' },
      last: { max: 'createdAt' },
    } as const;
    const none = { n: 0, total: null, mean: null, least: null, last: null };
    expect(await store.groupBy({ by: [], figures })).toEqual([none]);
    await store.insertMany([
      { text: 'a', intent: 'buy', volume: 1, score: 0.5 },
      { text: 'b', intent: 'buy', volume: 4, score: 0.25 },
      { text: 'c', intent: 'learn' },
    ]);
    expect(await store.groupBy({ by: ['intent'], figures, orderBy: { n: 'desc' } })).toEqual([
      { intent: 'buy', n: 2, total: 5, mean: 2.5, least: 0.25, last: 1000 },
      { intent: 'learn', n: 1, total: null, mean: null, least: 0, last: 1000 },
    ]);
  });

  test('a transaction leaves all or nothing, inner ones with it', async () => {
    const work = of('p1').transaction(async (inside) => {
      await inside.open(clusters).insert({ name: 'x' });
      await inside.transaction((deeper) => deeper.open(keywords).insert({ text: 'a' }));
      expect(await inside.open(keywords).count()).toBe(1);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await of('p1').open(clusters).count()).toBe(0);
    expect(await of('p1').open(keywords).count()).toBe(0);
  });

  test.each([
    [{ text: 5 }, 'Column "text" of table "shop_keywords" does not take 5'],
    [{ text: 'a\0b' }, 'does not take "a\\u0000b"'],
    [{}, 'Column "text" of table "shop_keywords" does not take a missing value'],
    [{ text: 'a', volume: 1.5 }, 'Column "volume"'],
    [{ text: 'a', score: Number.NaN }, 'does not take NaN'],
    [{ text: 'a', intent: 'sell' }, 'does not take "sell"'],
    [{ text: 'a', nope: 1 }, 'Table "shop_keywords" has no column "nope"'],
    [{ text: 'a', projectId: 'p2' }, 'has no column "projectId"'],
  ])('refuses %o and says where', async (row, message) => {
    const store = of('p1').open(keywords);
    // As it comes from JSON, past the compiler.
    const untyped: { text: string } = JSON.parse(JSON.stringify({ text: '' }));
    Object.assign(untyped, row);
    if (!('text' in row)) Reflect.deleteProperty(untyped, 'text');
    await expect(store.insert(untyped)).rejects.toThrow(message);
    await expect(store.insertMany([{ text: 'ok' }, untyped])).rejects.toThrow('Row 2: ');
  });

  test('refuses conditions that cannot be asked', async () => {
    const store = of('p1').open(keywords);
    const ask = (where: object) => store.count(where);
    await expect(ask({ volume: undefined })).rejects.toThrow('does not take a missing value');
    await expect(ask({ volume: { between: 1 } })).rejects.toThrow('"between" is no condition');
    await expect(ask({ parts: { kd: 1 } })).rejects.toThrow('JSON, which cannot be searched');
    await expect(ask({ volume: { contains: '1' } })).rejects.toThrow('text only');
    await expect(ask({ projectId: 'p2' })).rejects.toThrow('has no column');
  });

  test('writers beside each other lose nothing', async () => {
    const store = of('p1').open(keywords);
    await Promise.all(
      Array.from({ length: 8 }, (_each, writer) =>
        store.upsertMany(
          Array.from({ length: 600 }, (_row, i) => ({
            text: `k${i}`,
            market: 'en',
            volume: writer,
          })),
          { by: ['text', 'market'] },
        ),
      ),
    );
    expect(await store.count()).toBe(600);
    const groups = await store.groupBy({ by: ['volume'], figures: { n: 'count' } });
    expect(groups.map(({ n }) => n).reduce((a, b) => a + b, 0)).toBe(600);
  });
});
