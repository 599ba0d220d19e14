import { describe, expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from './testing/fake-context.ts';

const people = itemsOf(
  { k: 'b', n: 2, tags: ['x', 'y'], d: { v: 1 } },
  { k: 'A', n: 10, tags: [], d: { v: 2 } },
  { k: 'b', n: null, tags: ['z'], d: { v: 4 } },
);

const run = async (type: string, parameters: object, inputs = [people], version?: number) =>
  await runNode({
    type,
    parameters: { ...parameters },
    inputs,
    ...(version !== undefined && { version }),
  });

const json = async (...args: Parameters<typeof run>) => jsonOf(await run(...args));

const sortBy = (...sortField: object[]) => ({ sortFieldsUi: { sortField } });

test.each([
  ['text, without regard to case', sortBy({ fieldName: 'k' }), ['A', 'b', 'b']],
  ['a nested field, downwards', sortBy({ fieldName: 'd.v', order: 'descending' }), ['b', 'A', 'b']],
])('sort orders by %s', async (_name, parameters, expected) => {
  expect((await json('sort', parameters)).map(({ k }) => k)).toEqual(expected);
});

test('sort says which field nobody has', async () => {
  await expect(run('sort', sortBy({ fieldName: 'zz' }))).rejects.toThrow(
    "Couldn't find the field 'zz'",
  );
});

test('limit keeps the last items and their lineage', async () => {
  expect(await run('limit', { maxItems: 1, keep: 'lastItems' })).toMatchObject([
    [{ json: { n: null }, pairedItem: { item: 2 } }],
  ]);
});

describe('split out', () => {
  test('makes an item of each element', async () => {
    expect(await json('splitOut', { fieldToSplitOut: 'tags' })).toEqual([
      { tags: 'x' },
      { tags: 'y' },
      { tags: 'z' },
    ]);
  });

  test('keeps selected fields beside', async () => {
    const parameters = {
      fieldToSplitOut: 'tags',
      include: 'selectedOtherFields',
      fieldsToInclude: 'k',
    };
    expect(await json('splitOut', parameters)).toEqual([
      { k: 'b', tags: 'x' },
      { k: 'b', tags: 'y' },
      { k: 'b', tags: 'z' },
    ]);
  });
});

const fields = (...fieldToAggregate: object[]) => ({
  aggregate: 'aggregateIndividualFields',
  fieldsToAggregate: { fieldToAggregate },
});

describe('aggregate', () => {
  test('gathers fields, nothing for what is missing', async () => {
    expect(
      await json('aggregate', fields({ fieldToAggregate: 'n' }, { fieldToAggregate: 'd.v' })),
    ).toEqual([{ n: [2, 10], v: [1, 2, 4] }]);
  });

  test('pairs to all items', async () => {
    expect(await run('aggregate', { aggregate: 'aggregateAllItemData' })).toMatchObject([
      [
        {
          json: { data: [{ k: 'b' }, { k: 'A' }, { k: 'b' }] },
          pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
        },
      ],
    ]);
  });

  test('refuses two fields under one name', async () => {
    await expect(
      run('aggregate', fields({ fieldToAggregate: 'n' }, { fieldToAggregate: 'n' })),
    ).rejects.toThrow("'n' output field");
  });
});

test('summarize groups and leaves empty values out', async () => {
  const values = [
    { aggregation: 'sum', field: 'd.v' },
    { aggregation: 'count', field: 'n' },
    { aggregation: 'concatenate', field: 'k', separateBy: 'other', customSeparator: '+' },
  ];
  expect(await json('summarize', { fieldsToSummarize: { values }, fieldsToSplitBy: 'k' })).toEqual([
    { k: 'b', sum_d_v: 5, count_n: 1, concatenated_k: 'b+b' },
    { k: 'A', sum_d_v: 2, count_n: 1, concatenated_k: 'A' },
  ]);
});

test('remove duplicates keeps the first of equal items', async () => {
  const items = itemsOf({ a: 1, b: [1] }, { b: [1], a: 1 }, { a: 1, b: [2] });
  expect(await json('removeDuplicates', {}, [items])).toEqual([
    { a: 1, b: [1] },
    { a: 1, b: [2] },
  ]);
  await expect(run('removeDuplicates', {}, [itemsOf({ a: 1 }, { a: '1' })])).rejects.toThrow(
    "'a' isn't always the same type",
  );
});

test('remove duplicates remembers values between executions', async () => {
  const memory = {};
  const step = (...rows: { id: number }[]) =>
    runNode({
      type: 'removeDuplicates',
      parameters: { operation: 'removeItemsSeenInPreviousExecutions', dedupeValue: 'same for all' },
      inputs: [itemsOf(...rows)],
      context: { staticData: () => memory },
    });
  expect(await step({ id: 1 })).toMatchObject([[{ json: { id: 1 } }], []]);
  expect(await step({ id: 2 })).toMatchObject([[], [{ json: { id: 2 } }]]);
});

test('rename keys moves values to new paths', async () => {
  const key = [
    { currentKey: 'd.v', newKey: 'value' },
    { currentKey: 'k', newKey: 'meta.k' },
  ];
  expect((await json('renameKeys', { keys: { key } }))[0]).toEqual({
    n: 2,
    tags: ['x', 'y'],
    d: {},
    value: 1,
    meta: { k: 'b' },
  });
});

test('compare datasets tells what is only in one, the same and different', async () => {
  const inputs = [
    itemsOf({ id: 1 }, { id: 2, a: 1 }, { id: 3, a: 1 }),
    itemsOf({ id: 2, a: 1 }, { id: 3, a: 2 }, { id: 4 }),
  ];
  const mergeByFields = { values: [{ field1: 'id', field2: 'id' }] };
  const result = await run('compareDatasets', { mergeByFields }, inputs);
  expect([0, 1, 2, 3].map((output) => jsonOf(result, output))).toEqual([
    [{ id: 1 }],
    [{ id: 2, a: 1 }],
    [{ keys: { id: 3 }, same: { id: 3 }, different: { a: { inputA: 1, inputB: 2 } } }],
    [{ id: 4 }],
  ]);
});

test.each([
  [
    { operation: 'addToDate', magnitude: '2024-02-29', timeUnit: 'months', duration: 1 },
    { newDate: '2024-03-29T01:00:00.000+01:00' },
  ],
  [
    { operation: 'formatDate', date: '1710085530', format: 'custom', customFormat: 'HH:mm' },
    { formattedDate: '15:45' },
  ],
  [
    { operation: 'roundDate', date: '2024-03-10', toNearest: 'week' },
    { roundedDate: '2024-03-04T00:00:00.000+01:00' },
  ],
  [{ operation: 'extractDate', date: '2024-03-10', part: 'week' }, { datePart: 10 }],
  [
    { operation: 'getTimeBetweenDates', startDate: '2024-01-01', endDate: '2024-01-03' },
    { timeDifference: { days: 2 } },
  ],
])('dates: %j', async (parameters, expected) => {
  expect(await json('dateTime', parameters, [itemsOf({})])).toEqual([expected]);
});

test('item lists sort and limit as the newer nodes do', async () => {
  expect(await json('itemLists', { operation: 'limit', maxItems: 1 }, [people], 2.2)).toMatchObject(
    [{ n: 2 }],
  );
  expect(
    (
      await json('itemLists', { operation: 'sort', ...sortBy({ fieldName: 'n' }) }, [people], 1)
    ).map(({ n }) => n),
  ).toEqual([null, 2, 10]);
});
