import { describe, expect, test } from 'vitest';
import { itemsOf, runNode } from '../testing/fake-context.ts';
import { convertField } from './convert-field.ts';

const person = itemsOf({ id: 1, name: 'Ann', addr: { zip: '0150', city: 'Oslo' } });

const set = (parameters: object, version = 3.5) =>
  runNode({ type: 'set', version, parameters: { ...parameters }, inputs: [person] });

const assigned = (...rows: object[]) => ({ assignments: { assignments: rows } });

test('writes typed values and drops the rest', async () => {
  const parameters = assigned(
    { name: 'n', type: 'number', value: '12' },
    { name: 'a.b', type: 'boolean', value: 'true' },
  );
  expect(await set(parameters)).toEqual([
    [{ json: { n: 12, a: { b: true } }, pairedItem: { item: 0 } }],
  ]);
});

test.each([
  ['all', {}, { id: 1, name: 'Ann', addr: { zip: '0150', city: 'Oslo' }, x: '1' }],
  ['selected', { includeFields: 'addr.zip, nope' }, { zip: '0150', x: '1' }],
  ['except', { excludeFields: 'name,addr.zip' }, { id: 1, addr: { city: 'Oslo' }, x: '1' }],
])('keeps other fields: %s', async (include, more, json) => {
  const parameters = {
    ...assigned({ name: 'x', type: 'string', value: 1 }),
    includeOtherFields: true,
    include,
    ...more,
  };
  expect(await set(parameters)).toMatchObject([[{ json }]]);
  expect(person[0]?.json.addr).toEqual({ zip: '0150', city: 'Oslo' });
});

test('takes names as they are without dot notation', async () => {
  const parameters = {
    ...assigned({ name: 'a.b', type: 'number', value: 1 }),
    options: { dotNotation: false },
  };
  expect(await set(parameters)).toMatchObject([[{ json: { 'a.b': 1 } }]]);
});

test('says which field expects which type', async () => {
  await expect(set(assigned({ name: 'v', type: 'number', value: 'abc' }))).rejects.toThrow(
    "'v' expects a number but we got 'abc' [item 0]",
  );
});

test('never reaches a prototype', async () => {
  await expect(set(assigned({ name: '__proto__.x', type: 'string', value: 'y' }))).rejects.toThrow(
    'safe to set',
  );
});

test('version 1 sets by type and keeps the rest', async () => {
  const parameters = {
    values: { string: [{ name: 'name', value: 'Bo' }], number: [{ name: 'n', value: 2 }] },
  };
  expect(await set(parameters, 1)).toMatchObject([[{ json: { id: 1, name: 'Bo', n: 2 } }]]);
});

describe('conversion', () => {
  test.each([
    ['', 'number', 0],
    ['0x10', 'number', 16],
    [[], 'number', 0],
    ['TRUE', 'boolean', true],
    [0, 'boolean', false],
    ["['a', 'b']", 'array', ['a', 'b']],
    ['{"a":1}', 'object', { a: 1 }],
    [{ a: 1 }, 'string', '{"a":1}'],
    [null, 'number', null],
  ])('%j as %s', (value, type, expected) => {
    expect(convertField(value, type)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['abc', 'number'],
    ['yes', 'boolean'],
    ['[1', 'array'],
    ['[1]', 'object'],
  ])('%j is no %s', (value, type) => {
    expect(convertField(value, type)).toEqual({ ok: false });
  });
});
