import { expect, test } from 'vitest';
import { columnsOf, matching } from './columns.ts';
import { jsonLines } from './json-lines.ts';
import { referenceTo } from './reference.ts';

test.each([
  [['user', 'name'], undefined, '$json.user.name'],
  [['a b', 0], undefined, '$json["a b"][0]'],
  [['x'], "Bob's node", "$('Bob\\'s node').item.json.x"],
])('maps %j of %s', (path, node, expected) => {
  expect(referenceTo(path, node)).toBe(expected);
});

test('columns keep the order in which they first appear', () => {
  expect(columnsOf([{ json: { b: 1, a: 2 } }, { json: { c: 3, a: 4 } }])).toEqual(['b', 'a', 'c']);
});

test('a search keeps the positions of what it finds', () => {
  const items = [{ json: { n: 'Ada' } }, { json: { n: 'Bob' } }];
  expect(matching(items, 'BOB').map(({ index }) => index)).toEqual([1]);
});

test('lines of JSON know the path of their value', () => {
  const lines = jsonLines({ a: [1, { b: 'x' }] });
  expect(lines.map(({ text }) => text)).toEqual(['{', '[', '1,', '{', '"x"', '}', ']', '}']);
  expect(lines[4]?.path).toEqual(['a', 1, 'b']);
});
