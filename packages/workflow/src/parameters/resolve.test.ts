import { expect, test } from 'vitest';
import { findByPath, resolveFound, resolveValue } from './resolve.ts';

const evaluate = (text: string) => (text === '=list' ? [{ name: 'x' }] : `<${text.slice(1)}>`);

test('evaluates every expression in a value and shares what has none', () => {
  const still = { deep: [1, { a: 'b' }] };
  const value = { still, text: '=a', list: ['=b', 'plain', still], none: null };
  const resolved = resolveValue(value, evaluate);
  expect(resolved).toEqual({ still, text: '<a>', list: ['<b>', 'plain', still], none: null });
  expect(resolved).toHaveProperty('still', still);
  expect(resolveValue(still, evaluate)).toBe(still);
  expect(value.text).toBe('=a');
});

test('what an expression gives is data, even when it looks like an expression', () => {
  expect(resolveValue({ a: '=x' }, () => '=y')).toEqual({ a: '=y' });
});

test.each([
  ['a', 1],
  ['a.b', undefined],
  ['rows[1].name', 'two'],
  ["['odd.key'].x", 'y'],
  ['text', '<t>'],
  ['rows[0].name', '<n>'],
  ['made[0].name', 'x'],
  ['made[1].name', undefined],
  ['text.length', undefined],
  ['constructor', undefined],
  ['rows.length', 2],
])('the path "%s" leads to %j', (path, expected) => {
  const parameters = {
    a: 1,
    text: '=t',
    rows: [{ name: '=n' }, { name: 'two' }],
    made: '=list',
    'odd.key': { x: 'y' },
  };
  expect(resolveFound(findByPath(parameters, path), evaluate)).toEqual(expected);
});
