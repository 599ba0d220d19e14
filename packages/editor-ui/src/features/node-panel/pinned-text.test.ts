import { expect, test } from 'vitest';
import { readPinned } from './pinned-text.ts';

test.each([
  ['[{"a":1},{}]', [{ json: { a: 1 } }, { json: {} }]],
  ['{"a":1}', [{ json: { a: 1 } }]],
  ['[]', []],
])('%s is items', (text, items) => {
  expect(readPinned(text)).toEqual({ kind: 'items', items });
});

test.each([
  ['[1]', 'notObjects'],
  ['[[{}]]', 'notObjects'],
  ['null', 'notObjects'],
  ['[{]', 'notJson'],
  ['', 'notJson'],
])('%s is not: %s', (text, fault) => {
  expect(readPinned(text)).toMatchObject({ kind: 'fault', fault });
});
