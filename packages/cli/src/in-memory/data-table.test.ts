import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseWorkflow } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import { executeInMemory, type InMemoryHost } from './execute-workflow.ts';
import { openHost } from './host.ts';

let host: InMemoryHost & { close(): Promise<void> };
beforeAll(async () => {
  host = await openHost({});
});
afterAll(() => host.close());

const people = { __rl: true, mode: 'name', value: 'people' };
const CREATE = {
  resource: 'table',
  operation: 'create',
  tableName: 'people',
  columns: {
    column: [
      { name: 'name', type: 'string' },
      { name: 'age', type: 'number' },
    ],
  },
};
const INSERT = {
  resource: 'row',
  operation: 'insert',
  dataTableId: people,
  columns: { mappingMode: 'autoMapInputData', value: null },
};
const ROWS = `return [
  { json: { name: 'Ada', age: 36, extra: 1 } },
  { json: { name: 'Bob', age: 20 } },
  { json: { name: 'Cy', age: 5 } },
]`;

/** Makes the table, fills it with three rows, then runs these steps; gives what the last put out. */
async function run(...steps: JsonObject[]) {
  const made = [
    { name: 'Start', type: 'manualTrigger', parameters: {} },
    { name: 'Create', type: 'dataTable', parameters: CREATE },
    { name: 'Rows', type: 'code', parameters: { jsCode: ROWS }, typeVersion: 2 },
    { name: 'Insert', type: 'dataTable', parameters: INSERT },
    ...steps.map(({ type = 'dataTable', ...parameters }, at) => ({
      name: `Step ${at + 1}`,
      type,
      parameters,
    })),
  ];
  const nodes = made.map((node, at) => ({
    typeVersion: 1,
    ...node,
    id: String(at),
    type: `n8n-nodes-base.${node.type}`,
    position: [at * 200, 0] as const,
  }));
  const connections = Object.fromEntries(
    made
      .slice(1)
      .map((node, at) => [
        made[at]?.name ?? '',
        { main: [[{ node: node.name, type: 'main', index: 0 }]] },
      ]),
  );
  const { workflow } = parseWorkflow({
    name: 'W',
    nodes,
    connections,
    settings: { executionOrder: 'v1' },
  });
  const { status, error, runs } = await executeInMemory({ workflow }, host);
  const last = runs.findLast(({ node }) => node === made.at(-1)?.name);
  return { status, error, items: (last?.outputs[0] ?? []).map(({ json }) => json) };
}

const once = (step: JsonObject): JsonObject => ({
  resource: 'row',
  dataTableId: people,
  matchType: 'allConditions',
  ...step,
});
const where = (keyName: string, condition: string, keyValue: unknown = '') => ({
  filters: { conditions: [{ keyName, condition, keyValue }] },
});
const ONE = { type: 'limit', maxItems: 1 };
const values = (value: JsonObject) => ({ columns: { mappingMode: 'defineBelow', value } });

test('inserts the items of a batch, fields without a column left out', async () => {
  const { status, items } = await run();
  expect(status).toBe('success');
  expect(items).toMatchObject([
    { id: 1, name: 'Ada', age: 36 },
    { id: 2, name: 'Bob' },
    { id: 3, name: 'Cy' },
  ]);
  expect(items[0]).not.toHaveProperty('extra');
});

test('each execution in memory begins with no tables', async () => {
  const list = { resource: 'table', operation: 'list' };
  expect((await run(ONE, list)).items).toMatchObject([{ name: 'people' }]);
});

test.each([
  ['get', once({ operation: 'get', ...where('age', 'gt', 10) }), ['Ada', 'Bob']],
  [
    'get, sorted and cut',
    once({
      operation: 'get',
      limit: 2,
      orderBy: true,
      orderByColumn: 'age',
      orderByDirection: 'ASC',
    }),
    ['Cy', 'Bob'],
  ],
  [
    'update',
    once({ operation: 'update', ...where('id', 'eq', 2), ...values({ name: 'Bea' }) }),
    ['Bea'],
  ],
  [
    'upsert of a row that is there',
    once({ operation: 'upsert', ...where('name', 'eq', 'Cy'), ...values({ name: 'Cyd' }) }),
    ['Cyd'],
  ],
  [
    'upsert of a new row',
    once({ operation: 'upsert', ...where('name', 'eq', 'Di'), ...values({ name: 'Di' }) }),
    ['Di'],
  ],
  ['deleteRows', once({ operation: 'deleteRows', ...where('age', 'lt', 30) }), ['Bob', 'Cy']],
  ['rowExists', once({ operation: 'rowExists', ...where('name', 'eq', 'Bob') }), ['Ada']],
  ['rowExists of none', once({ operation: 'rowExists', ...where('name', 'eq', 'Zed') }), []],
  ['rowNotExists', once({ operation: 'rowNotExists', ...where('name', 'eq', 'Zed') }), ['Ada']],
])('%s', async (_name, step, names) => {
  const { status, items } = await run(ONE, step);
  expect(status).toBe('success');
  expect(items.map(({ name }) => name)).toEqual(names);
});

test('any condition is enough where that is chosen, and expressions see the item', async () => {
  const { items } = await run(
    ONE,
    once({
      operation: 'get',
      matchType: 'anyCondition',
      filters: {
        conditions: [
          { keyName: 'name', condition: 'eq', keyValue: '={{ $json.name }}' },
          { keyName: 'age', condition: 'lt', keyValue: 10 },
        ],
      },
    }),
  );
  expect(items.map(({ name }) => name)).toEqual(['Ada', 'Cy']);
});

test('a dry run of a deletion removes nothing', async () => {
  const dry = once({ operation: 'deleteRows', ...where('id', 'gt', 0), options: { dryRun: true } });
  const { items } = await run(ONE, dry, ONE, once({ operation: 'get', returnAll: true }));
  expect(items).toHaveLength(3);
});

test('tables are renamed, reused and deleted', async () => {
  const rename = { resource: 'table', operation: 'update', dataTableId: people, newName: 'folk' };
  expect((await run(ONE, rename)).items).toMatchObject([{ name: 'folk' }]);
  const reuse = { ...CREATE, options: { createIfNotExists: true } };
  expect((await run(ONE, reuse)).items).toMatchObject([{ name: 'people' }]);
  const remove = { resource: 'table', operation: 'delete', dataTableId: people };
  const list = { resource: 'table', operation: 'list' };
  expect((await run(ONE, remove, list)).items).toEqual([]);
});

test.each([
  [once({ operation: 'deleteRows' }), 'No condition says which rows are meant'],
  [once({ operation: 'get', dataTableId: { ...people, value: 'none' } }), 'No data table with id'],
  [
    once({ operation: 'get', dataTableId: { ...people, value: '' } }),
    'Parameter "Data table" is required',
  ],
  [once({ operation: 'insert', ...values({ age: 'old' }) }), 'Column "age" holds values of type'],
  [once({ operation: 'insert', ...values({ nope: 1 }) }), 'There is no column "nope"'],
  [CREATE, 'There is a data table "people" already'],
])('says what is wrong with %o', async (step, message) => {
  const { status, error } = await run(ONE, step);
  expect(status).toBe('error');
  expect(error?.message).toContain(message);
});
