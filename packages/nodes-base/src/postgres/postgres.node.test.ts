import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const server = { host: '127.0.0.1', port: 5432, user: 'postgres', password: 'test' };
const database = `nodes_base_${randomBytes(4).toString('hex')}`;
const admin = new pg.Client({ ...server, database: 'postgres' });
const own = new pg.Client({ ...server, database });

beforeAll(async () => {
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await own.connect();
});
afterAll(async () => {
  await own.end();
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
  await admin.end();
});
beforeEach(async () => {
  await own.query(`DROP TABLE IF EXISTS "Odd ""name"""; DROP TABLE IF EXISTS people;
    CREATE TABLE people (id serial PRIMARY KEY, name text UNIQUE, age int, tags text[], about jsonb);
    INSERT INTO people (name, age) VALUES ('Ann', 30), ('Bo', 40)`);
});

interface Run {
  readonly parameters: JsonObject;
  readonly rows?: readonly JsonObject[];
  readonly version?: number;
  readonly context?: Partial<ExecuteContext>;
  readonly credential?: JsonObject;
}

const run = ({ parameters, rows = [{}], version = 2.6, context = {}, credential = {} }: Run) =>
  runNode({
    type: 'postgres',
    version,
    parameters: { table: { __rl: true, mode: 'list', value: 'people' }, ...parameters },
    inputs: [itemsOf(...rows)],
    context: {
      signal: new AbortController().signal,
      credential: async () => ({ ...server, database, ...credential }),
      hosts: { locate: async (address, port) => ({ address, port, isStandIn: false }) },
      ...context,
    },
  });
const give = async (asked: Run) => jsonOf(await run(asked));
const auto = { columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['id'] } };
const names = async () =>
  (await own.query<{ name: string }>('SELECT name FROM people ORDER BY id')).rows.map(
    ({ name }) => name,
  );

test('inserts items by their fields, lists and JSON too, and gives the rows', async () => {
  const rows = [{ name: 'Cy', age: 5, tags: ['a', 'b'], about: ['x', { y: 1 }] }, { name: '{}' }];
  expect(await give({ parameters: { operation: 'insert', ...auto }, rows })).toEqual([
    { id: 3, name: 'Cy', age: 5, tags: ['a', 'b'], about: ['x', { y: 1 }] },
    { id: 4, name: '{}', age: null, tags: null, about: null },
  ]);
});

test('the older rows of columns and values do the same, and empty texts may be null', async () => {
  const parameters = {
    operation: 'insert',
    dataMode: 'defineBelow',
    valuesToSend: {
      values: [
        { column: 'name', value: 'Di' },
        { column: 'about', value: 'text' },
      ],
    },
    options: { replaceEmptyStrings: true, outputColumns: ['name', 'about'] },
  };
  expect(await give({ parameters, version: 2 })).toEqual([{ name: 'Di', about: 'text' }]);
});

test('updates, upserts and skips conflicts', async () => {
  const rows = [{ id: 1, age: 31 }];
  expect(await give({ parameters: { operation: 'update', ...auto }, rows })).toMatchObject([
    { id: 1, name: 'Ann', age: 31 },
  ]);
  const byName = { ...auto.columns, matchingColumns: ['name'] };
  const upsert = { operation: 'upsert', columns: byName };
  const both = [
    { name: 'Bo', age: 41 },
    { name: 'Eve', age: 1 },
  ];
  expect(await give({ parameters: upsert, rows: both })).toMatchObject([
    { id: 2, age: 41 },
    { name: 'Eve', age: 1 },
  ]);
  const skip = { operation: 'insert', ...auto, options: { skipOnConflict: true } };
  expect(await give({ parameters: skip, rows: [{ name: 'Bo' }] })).toEqual([]);
});

test('selects with conditions, order and a limit', async () => {
  const parameters = {
    operation: 'select',
    limit: 1,
    where: {
      values: [
        { column: 'age', condition: '>', value: '20' },
        { column: 'about', condition: 'IS NULL' },
      ],
    },
    sort: { values: [{ column: 'age', direction: 'DESC' }] },
    options: { outputColumns: ['name'] },
  };
  expect(await give({ parameters })).toEqual([{ name: 'Bo' }]);
});

test('deletes rows that match, then all, then the table', async () => {
  const where = { values: [{ column: 'name', condition: 'equal', value: "Ann'; DROP TABLE x" }] };
  const parameters = { operation: 'deleteTable', deleteCommand: 'delete', where };
  expect(await give({ parameters })).toEqual([{ success: true }]);
  expect(await names()).toEqual(['Ann', 'Bo']);
  await give({ parameters: { operation: 'deleteTable', restartSequences: true } });
  expect(await names()).toEqual([]);
  await give({ parameters: { operation: 'deleteTable', deleteCommand: 'drop' } });
  await expect(names()).rejects.toThrow('does not exist');
});

const evaluated: Partial<ExecuteContext> = {
  evaluate: (text) => (text === '={{ a }}' ? "1, '2'" : ['Ann', 'Bo']),
};

test.each<[string, string, string, unknown]>([
  ['values', 'SELECT $1::text AS a, $2::int AS b', 'x y, 7', [{ a: 'x y', b: 7 }]],
  ['no part of a text', "SELECT '$1' AS a, $1 AS b", 'x', [{ a: '$1', b: 'x' }]],
  ['no part of a comment', 'SELECT $1 AS a -- $2', 'x', [{ a: 'x' }]],
  ['names', 'SELECT $1:name FROM people LIMIT 1', 'name', [{ name: 'Ann' }]],
  ['a value with a comma', 'SELECT $1 AS a', '={{ a }}', [{ a: "1, '2'" }]],
  [
    'a list',
    'SELECT id FROM people WHERE name IN ($1:csv) ORDER BY id',
    '={{ list }}, x',
    [{ id: 1 }, { id: 2 }],
  ],
])('binds %s into a query', async (_, query, queryReplacement, rows) => {
  const parameters = { operation: 'executeQuery', query, options: { queryReplacement } };
  expect(await give({ parameters, context: evaluated })).toEqual(rows);
});

test('runs several statements, and says so when none gives rows', async () => {
  const query = 'UPDATE people SET age = 1; SELECT age FROM people';
  const operation = 'executeQuery';
  expect(await give({ parameters: { operation, query } })).toEqual([{ age: 1 }, { age: 1 }]);
  const update = 'UPDATE people SET age = 2';
  expect(await give({ parameters: { operation, query: update } })).toEqual([{ success: true }]);
  const none = 'SELECT 1 WHERE false';
  expect(await give({ parameters: { operation, query: none } })).toEqual([]);
});

test('gives values in forms items can hold, whatever the server’s zone', async () => {
  const query = `SELECT 9007199254740993::bigint AS big, 1.10::numeric AS exact, '2026-01-02'::date AS day,
    '2026-01-02 03:04:05'::timestamp AS local, '2026-01-02 03:04:05+02'::timestamptz AS zoned,
    'hi'::bytea AS bytes, ARRAY['2026-01-02T00:00Z'::timestamptz] AS list`;
  const parameters = { operation: 'executeQuery', query };
  expect(await give({ parameters })).toEqual([
    {
      big: '9007199254740993',
      exact: '1.10',
      day: '2026-01-02',
      local: '2026-01-02T03:04:05.000Z',
      zoned: '2026-01-02T01:04:05.000Z',
      bytes: 'aGk=',
      list: ['2026-01-02T00:00:00.000Z'],
    },
  ]);
  const numbers = { ...parameters, options: { largeNumbersOutput: 'numbers' } };
  expect(await give({ parameters: numbers })).toMatchObject([{ exact: 1.1 }]);
});

const twice = [{ name: 'New' }, { name: 'Ann' }, { name: 'Last' }];

test.each<[string, string, readonly string[], readonly Partial<Item['json']>[]]>([
  ['one go', 'single', [], [{ error: expect.stringContaining('duplicate key') }]],
  ['a transaction', 'transaction', [], [{ error: expect.stringContaining('duplicate key') }]],
  [
    'each on its own',
    'independently',
    ['New', 'Last'],
    [{ name: 'New' }, { error: expect.stringContaining('duplicate key') }, { name: 'Last' }],
  ],
])('an error in %s', async (_, queryBatching, kept, output) => {
  const parameters = { operation: 'insert', ...auto, options: { queryBatching } };
  const context = { continueOnFail: true };
  expect(await give({ parameters, rows: twice, context })).toMatchObject(output);
  expect(await names()).toEqual(['Ann', 'Bo', ...kept]);
  await expect(run({ parameters, rows: [{ name: 'Ann' }] })).rejects.toMatchObject({
    code: 'NODE_FAILED',
    details: { itemIndex: 0, description: expect.stringContaining('(name)=(Ann)') },
  });
});

test.each<[string, Run, RegExp]>([
  [
    'an unknown column',
    { parameters: { operation: 'insert', ...auto }, rows: [{ nme: 1 }] },
    /no column "nme"/,
  ],
  [
    'an unknown table',
    { parameters: { operation: 'insert', ...auto, table: { value: 'nobody' } } },
    /no table "nobody"/,
  ],
  [
    'a match without a value',
    { parameters: { operation: 'update', ...auto }, rows: [{ age: 1 }] },
    /no value for "id"/,
  ],
  [
    'a parameter too few',
    {
      parameters: {
        operation: 'executeQuery',
        query: 'SELECT $2',
        options: { queryReplacement: 'a' },
      },
    },
    /names \$2, but it was given 1/,
  ],
  [
    'unquoted text',
    {
      parameters: {
        operation: 'executeQuery',
        query: 'SELECT $1:raw',
        options: { queryReplacement: 'a' },
      },
    },
    /would put text in unchecked/,
  ],
  ['a tunnel', { parameters: {}, credential: { sshTunnel: true } }, /SSH tunnel/],
  [
    'a wrong database',
    { parameters: {}, credential: { database: 'no_such' } },
    /database at "127.0.0.1" says: .*no_such/,
  ],
])('refuses %s by name', async (_, asked, message) => {
  await expect(run(asked)).rejects.toThrow(message);
});

test('version 1 names its columns and its parameters by the fields of the item', async () => {
  const insert = { operation: 'insert', table: 'people', columns: 'name, age:int' };
  expect(await give({ version: 1, parameters: insert, rows: [{ name: 'Flo', age: 9 }] })).toEqual([
    expect.objectContaining({ name: 'Flo', age: 9 }),
  ]);
  const update = { operation: 'update', table: 'people', columns: 'age', returnFields: 'id,age' };
  expect(await give({ version: 1, parameters: update, rows: [{ id: 2, age: 1 }] })).toEqual([
    { id: 2, age: 1 },
  ]);
  const query = {
    operation: 'executeQuery',
    query: 'SELECT id FROM people WHERE name = $1',
    additionalFields: { queryParams: 'who' },
  };
  expect(await give({ version: 1, parameters: query, rows: [{ who: 'Ann' }] })).toEqual([
    { id: 1 },
  ]);
});
