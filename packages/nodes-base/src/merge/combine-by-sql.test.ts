import { expect, test } from 'vitest';
import type { CodeRequest } from '@millrace/workflow/ports';
import { itemsOf, runNode } from '../testing/fake-context.ts';

/** Runs the node over a sandbox that answers `rows`. */
async function query(text: string, rows: readonly object[] | Error, more = {}) {
  const asked: CodeRequest[] = [];
  const output = await runNode({
    type: 'merge',
    parameters: { mode: 'combineBySql', query: text, ...more },
    inputs: [itemsOf({ a: 1 }, { a: 2 }), itemsOf({ b: 1 })],
    context: {
      signal: new AbortController().signal,
      code: {
        async run(request) {
          asked.push(request);
          if (rows instanceof Error) throw rows;
          return { value: rows, logs: [] };
        },
      },
    },
  });
  return { asked: asked[0], output };
}

const everything = [{ item: 0 }, { item: 1 }, { item: 0, input: 1 }];

test('the query runs in the sandbox over one table per input', async () => {
  const { asked } = await query('SELECT * FROM input1', [], {
    options: { queryParameters: 'x, 2' },
  });
  expect(asked).toMatchObject({
    libraries: ['alasql'],
    scope: {
      tables: {
        input1: [
          { a: 1, __millraceItem0: 0 },
          { a: 2, __millraceItem0: 1 },
        ],
        input2: [{ b: 1, __millraceItem1: 0 }],
      },
      query: 'SELECT * FROM input1',
      parameters: { 1: 'x', 2: '2' },
    },
  });
});

test.each([
  [
    'SELECT a, b FROM input1 JOIN input2 ON a = b',
    'SELECT input1.[__millraceItem0], input2.[__millraceItem1], a, b FROM input1 JOIN input2 ON a = b',
  ],
  [
    'select a from input1 where a > 1',
    'select input1.[__millraceItem0], a from input1 where a > 1',
  ],
  [
    'SELECT a FROM input1, input2',
    'SELECT input1.[__millraceItem0], input2.[__millraceItem1], a FROM input1, input2',
  ],
  ['SELECT x.a FROM input1 x', undefined],
  ['SELECT x.a FROM input1 AS x', undefined],
  ['SELECT DISTINCT a FROM input1', undefined],
  ['SELECT COUNT(*) AS n FROM input1', undefined],
  ['SELECT a FROM input1 UNION SELECT b FROM input2', undefined],
])('lineage is asked for in %s', async (text, expected) => {
  const { asked } = await query(text, []);
  expect(asked?.scope.query).toBe(expected ?? text);
});

test.each([
  ['SELECT * FROM input1', { a: 2, __millraceItem0: 1 }, [{ item: 1 }]],
  [
    'SELECT * FROM input1 JOIN input2',
    { a: 1, __millraceItem0: 0, __millraceItem1: 0 },
    [{ item: 0 }, { item: 0, input: 1 }],
  ],
  ['SELECT x.a FROM input1 x', { a: 1 }, everything],
  ['SELECT SUM(a) AS a FROM input1', { a: 1 }, []],
])('a row of %s is paired', async (text, row, pairedItem) => {
  const { output } = await query(text, [row]);
  expect(output).toEqual([[{ json: { a: row.a }, pairedItem }]]);
});

test('a query that finds nothing puts out what the option says', async () => {
  const found = async (options: object) =>
    (await query('SELECT * FROM input1', [], { options })).output;
  expect(await found({})).toEqual([[]]);
  expect(await found({ emptyQueryResult: 'success' })).toEqual([
    [{ json: { success: true }, pairedItem: everything }],
  ]);
});

test('a query that fails says so', async () => {
  await expect(query('SELEC', new Error('Parse error on line 1'))).rejects.toMatchObject({
    message: 'Issue while executing query',
    details: { description: 'Parse error on line 1' },
  });
});
