import { expect, test } from 'vitest';
import { formText, withQuery } from './query.ts';

test.each([
  ['indices', 'l%5B0%5D=1&l%5B1%5D=2&o%5Bk%5D=1'],
  ['brackets', 'l%5B%5D=1&l%5B%5D=2&o%5Bk%5D=1'],
  ['repeat', 'l=1&l=2&o%5Bk%5D=1'],
] as const)('writes lists as %s', (format, text) => {
  expect(formText({ l: [1, 2], o: { k: 1 } }, format)).toBe(text);
});

test('encodes names and values, leaves undefined out and null empty', () => {
  expect(formText({ 'a b': "x&y'(z)", u: undefined, n: null, '': 'x' })).toBe(
    'a%20b=x%26y%27%28z%29&n=&=x',
  );
});

test.each([
  ['https://a.test/x', 'https://a.test/x?q=1'],
  ['https://a.test/x?b=2', 'https://a.test/x?b=2&q=1'],
  ['https://a.test/x?', 'https://a.test/x?q=1'],
  ['https://a.test/x#h', 'https://a.test/x?q=1#h'],
])('joins fields to %s', (url, joined) => {
  expect(withQuery(url, { q: 1 }, 'indices')).toBe(joined);
});
