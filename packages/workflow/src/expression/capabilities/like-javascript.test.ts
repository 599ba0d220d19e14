import { expect, test } from 'vitest';
import { createEvaluator } from '../index.ts';
import { scopeOf } from '../scope.fixture.ts';

const { evaluate } = createEvaluator();
const scope = scopeOf([{ json: {} }]);

/** What JavaScript gives is what expressions give. */
test.each(
  `
  'a,b,,c'.split(',')
  'abc'.padStart(5, '*') + 'abc'.padEnd(5)
  'Hello'.at(-1) + 'Hello'.charAt(9) + 'Hello'.charCodeAt(0)
  'banana'.replace('a', 'o') + 'banana'.replaceAll('a', (c, at) => at)
  'banana'.lastIndexOf('a', 4) + 'banana'.indexOf('', 3)
  '2024-01-05'.match(/(?<y>\\d+)-(?<m>\\d+)/).groups.m
  [...'a1b2'.matchAll(/[a-z](\\d)/g)].map((match) => match[1])
  'x'.localeCompare('y') + 'ß'.toUpperCase() + 'É'.normalize('NFD').length
  [3, 1, 10].sort().concat([3, 1, 10].toSorted((a, b) => b - a))
  [1, [2, [3, [4]]]].flat(2)
  [1, 2, 3, 4].splice(1, 2)
  [1, 2, 3].toSpliced(1, 1, 'x', 'y')
  [1, 2, 3].with(-1, 9)
  [5, 6].entries().next().value
  [1, 2, 3].reduceRight((text, n) => text + n, '')
  [1, 2, 3].findLastIndex((n) => n < 3)
  [1, 2, 3].copyWithin(0, 1).fill(7, 2)
  [, 1].length
  [1, 2, 3].map((x) => (y) => x + y).map((add) => add(10))
  [1, 2, 3].map((x, at, list) => x * at + list.length)
  [1, 2].flatMap((x) => [x, [x]])
  [3, 4].map(function double(x) { return x > 3 ? x * 2 : double(x + 1) })
  (255).toString(16) + (1234.5678).toPrecision(6) + (0.1).toFixed(20)
  [1e21, -0, 5e-7].map(String)
  [NaN, 1, null, undefined, '3'].map(Number)
  parseInt('12px') + parseFloat('1.5e3x') + Number('0b11')
  Math.max(...[1, 5, 3]) + Math.hypot(3, 4) + Math.trunc(-1.5)
  10n ** 20n === 100000000000000000000n
  Object.entries({ b: 1, a: [2] })
  Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd
  ({ a: 1, ...{ b: 2 }, ['c' + 1]: 3 })
  (({ a, ...others }) => others)({ a: 1, b: 2 })
  JSON.stringify({ a: [undefined, () => 1], d: new Date(0), n: NaN }, null, 1)
  JSON.parse('[1,{"a":2}]', (key, value) => (key === 'a' ? 3 : value))
  new Date(Date.UTC(2024, 1, 29)).toISOString()
  new Date('2024-03-10T15:45:30Z').getUTCDay()
  [...new Set([1, 2, 1])].length + new Map([['a', 1]]).get('a')
  new Set([1]).toString() + new Map().toString() + (() => 1)
  [typeof (() => 1), typeof Math.max, typeof {}, typeof null, typeof 1n]
  [[] + {}, [] == false, '5' * '2', null + 1, '2' > '12', 1 < 2 < 3]
  [1 ?? 2, 0 || 3, '' && 4, null?.a.b.c, [1]?.[0]]
  [5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -9 >> 1, -1 >>> 28]
  encodeURIComponent('a b&ü') + decodeURI('%20') + encodeURI('ü?=')
  new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5)
  ((a, b = a + 1, ...rest) => [a, b, rest])(1, undefined, 3, 4)
  (() => { let s = ''; outer: for (const a of 'xy') { for (const b of [1, 2]) { if (b === 2) continue outer; s += a + b } } return s })()
  (() => { try { null.x } catch (error) { return error.name } finally { 0 } })()
  (() => { switch (3) { case 1: return 'one'; default: return 'many' } })()
`
    .trim()
    .split('\n')
    .map((code) => [code.trim()]),
)('%s', (code) => {
  const javascript: unknown = new Function(`return (${code}\n)`)();
  expect(evaluate(`={{ ${code.replaceAll('}}', '} }')} }}`, scope, 0)).toEqual(javascript);
});

/** Where JavaScript throws, an expression gives nothing. */
test.each([
  '[].map(undefined)',
  '[].reduce(1, 2)',
  '[].reduce((a) => a)',
  'null.x',
  '"x".repeat(-1)',
  '(1).toFixed(101)',
  'JSON.parse("{")',
  'new Array(-1)',
  '1n + 1',
])('%s gives nothing', (code) => {
  expect(() => new Function(`return ${code}`)()).toThrow();
  expect(evaluate(`={{ ${code} }}`, scope, 0)).toBeUndefined();
});
