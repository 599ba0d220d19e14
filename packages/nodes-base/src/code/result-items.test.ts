import { expect, test } from 'vitest';
import { itemFromOne, itemsFromAll } from './result-items.ts';

test.each<[string, unknown, unknown]>([
  ['nothing for null', null, []],
  ['plain objects', [{ a: 1 }], [{ json: { a: 1 } }]],
  ['one object', { a: 1 }, [{ json: { a: 1 } }]],
  ['whole items', [{ json: { a: 1 }, pairedItem: 2 }], [{ json: { a: 1 }, pairedItem: 2 }]],
  ['an empty list', [], []],
])('makes items of %s', (_, value, items) => {
  expect(itemsFromAll(value)).toEqual(items);
});

test.each<[string, unknown, string]>([
  ['undefined', undefined, "Code doesn't return items properly"],
  ['numbers', [1, 2], "Code doesn't return items properly"],
  ['lists in a list', [[{ json: {} }]], "Code doesn't return items properly"],
  ['a key beside json', [{ json: {}, foo: 2 }], 'Invalid output format [item 0]'],
  ['plain objects among items', [{ json: {} }, { a: 1 }], 'Invalid output format [item 1]'],
  ['json that is no object', [{ json: 5 }], "A 'json' property isn't an object [item 0]"],
  [
    'files that are no objects',
    [{ json: {}, binary: 1 }],
    "A 'binary' property isn't an object [item 0]",
  ],
])('refuses %s', (_, value, message) => {
  expect(() => itemsFromAll(value)).toThrow(message);
});

test('one item: nothing drops it, anything but an object is refused', () => {
  expect(itemFromOne(undefined, 3)).toBeUndefined();
  expect(itemFromOne({ a: 1 }, 3)).toEqual({ json: { a: 1 }, pairedItem: { item: 3 } });
  expect(() => itemFromOne([{ a: 1 }], 3)).toThrow("A 'json' property isn't an object [item 3]");
});
