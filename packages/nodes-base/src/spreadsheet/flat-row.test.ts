import { expect, test } from 'vitest';
import { flatRow } from './flat-row.ts';

test.each([
  [
    { a: 1, b: null },
    { a: 1, b: null },
  ],
  [
    { a: { b: { c: 1 } }, l: ['x', { y: 2 }] },
    { 'a.b.c': 1, 'l.0': 'x', 'l.1.y': 2 },
  ],
  [
    { d: new Date(0), bad: new Date(Number.NaN) },
    { d: '1970-01-01T00:00:00.000Z', bad: null },
  ],
  [{ e: {}, l: [] }, {}],
  [JSON.parse('{"__proto__":{"x":1}}'), { '__proto__.x': 1 }],
])('%j becomes %j', (json, row) => {
  expect({ ...flatRow(json) }).toEqual(row);
});
