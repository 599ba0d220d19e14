import { expect, test } from 'vitest';
import { legacyHolds } from './legacy-condition.ts';

test.each([
  ['abc', 'contains', 'b', true],
  ['abc', 'notContains', 'b', false],
  [null, 'isEmpty', undefined, true],
  [{}, 'isEmpty', undefined, true],
  [0, 'isEmpty', undefined, false],
  [0, 'isNotEmpty', undefined, true],
  [2, 'larger', 1, true],
  [2, 'smallerEqual', 2, true],
  ['2', 'equal', 2, false],
  ['2026-01-02', 'after', '2026-01-01', true],
  ['2026-01-02', 'before', new Date(0), false],
  ['Apple', 'regex', '/^a/i', true],
  ['Apple', 'regex', '^a', false],
  ['Apple', 'notRegex', '^a', true],
  ['abc', 'startsWith', 'ab', true],
  ['abc', 'toString', 'abc', false],
])('%j %s %j is %s', (value1, operation, value2, holds) => {
  expect(legacyHolds({ value1, operation, value2 })).toBe(holds);
});
