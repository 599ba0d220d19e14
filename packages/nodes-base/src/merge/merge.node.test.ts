import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';

const people = itemsOf({ id: 1, name: 'Ann', v: { x: 1, y: 1 } }, { id: 2, name: 'Bob' });
const places = itemsOf({ id: 1, city: 'Oslo', v: { x: 9 } }, { id: 4, city: 'Bonn' });

const merge = (parameters: object, version = 3.2) =>
  runNode({ type: 'merge', version, parameters: { ...parameters }, inputs: [people, places] });

const byFields = { mode: 'combine', combineBy: 'combineByFields', fieldsToMatchString: 'id' };

test('appends inputs in order and knows where items came from', async () => {
  expect(await merge({})).toMatchObject([
    [
      { json: { name: 'Ann' }, pairedItem: { item: 0 } },
      { json: { name: 'Bob' }, pairedItem: { item: 1 } },
      { json: { city: 'Oslo' }, pairedItem: { item: 0, input: 1 } },
      { json: { city: 'Bonn' }, pairedItem: { item: 1, input: 1 } },
    ],
  ]);
});

test.each([
  ['keepMatches', [{ id: 1, name: 'Ann', v: { x: 9, y: 1 }, city: 'Oslo' }]],
  [
    'keepNonMatches',
    [
      { id: 2, name: 'Bob', _source: 'input1' },
      { id: 4, city: 'Bonn', _source: 'input2' },
    ],
  ],
  [
    'enrichInput1',
    [
      { id: 1, name: 'Ann', v: { x: 9, y: 1 }, city: 'Oslo' },
      { id: 2, name: 'Bob' },
    ],
  ],
  [
    'enrichInput2',
    [
      { id: 1, name: 'Ann', v: { x: 1, y: 1 }, city: 'Oslo' },
      { id: 4, city: 'Bonn' },
    ],
  ],
])('joins by fields: %s', async (joinMode, expected) => {
  const outputs = await merge({ ...byFields, joinMode });
  expect(jsonOf(outputs)).toEqual(expected);
});

test('adds a suffix to both sides on request', async () => {
  const options = { clashHandling: { values: { resolveClash: 'addSuffix' } } };
  expect(await merge({ ...byFields, options })).toMatchObject([
    [{ json: { id_1: 1, id_2: 1, name_1: 'Ann', city_2: 'Oslo' } }],
  ]);
});

test('combines by position, the last input winning', async () => {
  expect(await merge({ mode: 'combine', combineBy: 'combineByPosition' })).toMatchObject([
    [
      {
        json: { id: 1, name: 'Ann', city: 'Oslo', v: { x: 9, y: 1 } },
        pairedItem: [{ item: 0 }, { item: 0, input: 1 }, { item: 0, input: 1 }],
      },
      { json: { id: 4, name: 'Bob', city: 'Bonn' } },
    ],
  ]);
});

test('combines everything with everything', async () => {
  const outputs = await merge({ mode: 'combine', combineBy: 'combineAll' });
  expect(jsonOf(outputs).map(({ name, city }) => [name, city])).toEqual([
    ['Ann', 'Oslo'],
    ['Ann', 'Bonn'],
    ['Bob', 'Oslo'],
    ['Bob', 'Bonn'],
  ]);
});

test('refuses to match on nothing', async () => {
  await expect(merge({ ...byFields, fieldsToMatchString: '' })).rejects.toThrow(
    'at least one pair of fields',
  );
});

test('version 1 merges by key, only into blank fields on request', async () => {
  const parameters = {
    mode: 'mergeByKey',
    propertyName1: 'id',
    propertyName2: 'id',
    overwrite: 'blank',
  };
  expect(await merge(parameters, 1)).toMatchObject([
    [
      { json: { id: 1, name: 'Ann', v: { x: 1, y: 1 }, city: 'Oslo' } },
      { json: { id: 2, name: 'Bob' } },
    ],
  ]);
});
