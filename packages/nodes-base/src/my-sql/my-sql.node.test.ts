import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';
import { openFakeMySql, type FakeAnswer } from './testing/fake-my-sql.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const people: FakeAnswer = {
  when: /information_schema/,
  rows: [
    { name: 'id', type: 'int' },
    { name: 'name', type: 'varchar' },
    { name: 'about', type: 'json' },
  ],
};

interface Run {
  readonly parameters: JsonObject;
  readonly rows?: readonly JsonObject[];
  readonly version?: number;
  readonly answers?: readonly FakeAnswer[];
  readonly context?: Partial<ExecuteContext>;
  readonly password?: string;
}

async function run({ parameters, rows = [{}], version = 2.5, answers = [], ...more }: Run) {
  const server = await openFakeMySql([people, ...answers]);
  closing.push(server.close);
  const result = runNode({
    type: 'mySql',
    version,
    parameters: { table: { __rl: true, mode: 'name', value: 'people' }, ...parameters },
    inputs: [itemsOf(...rows)],
    context: {
      signal: new AbortController().signal,
      credential: async () => ({
        host: 'db.test',
        user: 'me',
        password: more.password ?? 'secret',
        database: 'shop',
      }),
      hosts: {
        locate: async () => ({ address: '127.0.0.1', port: server.port, isStandIn: false }),
      },
      ...more.context,
    },
  });
  return { result, sent: server.statements };
}
const auto = { columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['id'] } };

test.each<[string, JsonObject, JsonObject, string, readonly unknown[]]>([
  [
    'inserts',
    { operation: 'insert', ...auto },
    { id: 1, about: { a: [1] } },
    'INSERT INTO `people` (`id`, `about`) VALUES (?, ?)',
    [1, '{"a":[1]}'],
  ],
  [
    'passes over conflicts, at a low priority',
    {
      operation: 'insert',
      ...auto,
      options: { skipOnConflict: true, priority: 'LOW_PRIORITY' },
    },
    { id: 1 },
    'INSERT LOW_PRIORITY IGNORE INTO `people` (`id`) VALUES (?)',
    [1],
  ],
  [
    'upserts',
    { operation: 'upsert', ...auto },
    { id: 1, name: 'Bo' },
    'INSERT INTO `people` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `name` = VALUES(`name`)',
    [1, 'Bo'],
  ],
  [
    'updates',
    { operation: 'update', ...auto },
    { id: 1, name: null },
    'UPDATE `people` SET `name` = ? WHERE `id` = ?',
    [null, 1],
  ],
  [
    'binds into a query',
    {
      operation: 'executeQuery',
      query: "SELECT '$1', `$1`, $1, $2:name",
      options: { queryReplacement: 'x, a`b' },
    },
    {},
    "SELECT '$1', `$1`, ?, `a``b`",
    ['x'],
  ],
  [
    'deletes what matches',
    {
      operation: 'deleteTable',
      deleteCommand: 'delete',
      combineConditions: 'OR',
      where: {
        values: [
          { column: 'id', condition: 'equal', value: '1' },
          { column: 'name', condition: 'IS NULL' },
        ],
      },
    },
    {},
    'DELETE FROM `people` WHERE `id` = ? OR `name` IS NULL',
    ['1'],
  ],
])('%s', async (_, parameters, row, text, values) => {
  const { result, sent } = await run({ parameters, rows: [row] });
  expect(jsonOf(await result)).toEqual([{ success: true }]);
  expect(sent.at(-1)).toEqual({ text, values });
});

test('selects rows', async () => {
  const rows = [{ id: 1, name: 'Ann' }];
  const parameters = { operation: 'select', limit: 5, options: { outputColumns: 'id, name' } };
  const { result, sent } = await run({ parameters, answers: [{ when: /^SELECT `id`/, rows }] });
  expect(jsonOf(await result)).toEqual(rows);
  expect(sent.at(-1)?.text).toBe('SELECT `id`, `name` FROM `people` LIMIT 5');
});

test('a transaction that fails is rolled back, and gives one error', async () => {
  const parameters = {
    operation: 'insert',
    ...auto,
    options: { queryBatching: 'transaction' },
  };
  const answers = [{ when: /^INSERT/, error: "Duplicate entry '1'" }];
  const rows = [{ id: 1 }, { id: 2 }];
  const { result, sent } = await run({
    parameters,
    answers,
    rows,
    context: { continueOnFail: true },
  });
  expect(jsonOf(await result)).toEqual([{ error: "Duplicate entry '1'" }]);
  expect(sent.map(({ text }) => text.split(' ')[0])).toEqual([
    'BEGIN',
    'SELECT',
    'INSERT',
    'ROLLBACK',
  ]);
});

test('details of a write come on request, and always in version 1', async () => {
  const detailed = { operation: 'insert', ...auto, options: { detailedOutput: true } };
  const { result } = await run({ parameters: detailed, rows: [{ id: 1 }] });
  expect(jsonOf(await result)).toEqual([
    expect.objectContaining({ success: true, affectedRows: 1, insertId: 7 }),
  ]);
  const old = { operation: 'insert', columns: 'id', options: { ignore: true } };
  const first = await run({ version: 1, parameters: old, rows: [{ id: 1, name: 'x' }] });
  expect(jsonOf(await first.result)).toEqual([expect.objectContaining({ affectedRows: 1 })]);
  expect(first.sent.at(-1)).toEqual({
    text: 'INSERT IGNORE INTO `people` (`id`) VALUES (?)',
    values: [1],
  });
});

test('a refused password names the server and what to check', async () => {
  const { result } = await run({ parameters: { operation: 'insert' }, password: 'wrong' });
  await expect(result).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    message: expect.stringContaining('"db.test"'),
    fix: 'Check user and password of the credential',
  });
});
