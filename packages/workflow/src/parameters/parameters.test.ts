import { describe, expect, test } from 'vitest';
import type { Property } from '../node-api/index.ts';
import {
  coerce,
  evaluateFilter,
  getByPath,
  isVisible,
  normalizeParameters,
  type FieldType,
} from './index.ts';

const property = (name: string, more: Partial<Property> = {}): Property => ({
  displayName: name,
  name,
  type: 'string',
  default: '',
  ...more,
});

describe('visibility', () => {
  test.each([
    ['a listed value', { show: { mode: ['a'] } }, { mode: 'a' }, true],
    ['another value', { show: { mode: ['a'] } }, { mode: 'b' }, false],
    ['an expression', { show: { mode: ['a'] } }, { mode: '={{ 1 }}' }, true],
    ['hidden wins', { show: { mode: ['a'] }, hide: { x: [1] } }, { mode: 'a', x: 1 }, false],
    ['the version', { show: { '@version': [{ _cnd: { gte: 2 } }] } }, {}, true],
    ['a root path', { show: { '/options.deep': [true] } }, {}, true],
    ['between', { show: { n: [{ _cnd: { between: { from: 1, to: 3 } } }] } }, { n: 4 }, false],
    ['not, of nothing', { show: { n: [{ _cnd: { not: 1 } }] } }, {}, true],
    ['every element', { show: { n: [{ _cnd: { startsWith: 'a' } }] } }, { n: ['ab', 'b'] }, false],
    ['a locator', { show: { n: ['x'] } }, { n: { __rl: true, value: 'x' } }, true],
  ])('%s', (_, displayOptions, values, expected) => {
    expect(isVisible({ displayOptions }, values, { options: { deep: true } }, 2)).toBe(expected);
  });
});

test('fills defaults, drops what is hidden or unknown, and takes the shown one of two', () => {
  const properties = [
    property('mode', { default: 'a' }),
    property('x', { default: 1, displayOptions: { show: { mode: ['a'] } } }),
    property('x', { default: 2, displayOptions: { show: { mode: ['b'] } } }),
    property('y', { displayOptions: { show: { mode: ['b'] } } }),
    property('rows', {
      type: 'fixedCollection',
      default: {},
      options: [{ name: 'row', displayName: 'Row', values: [property('k', { default: 'd' })] }],
    }),
  ];
  const values = { y: 'hidden', unknown: 1, rows: { row: [{}] } };
  expect(normalizeParameters({ properties }, values)).toEqual({
    mode: 'a',
    x: 1,
    rows: { row: [{ k: 'd' }] },
  });
  expect(normalizeParameters({ properties }, { mode: 'b' })).toEqual({
    mode: 'b',
    x: 2,
    y: '',
    rows: {},
  });
});

test.each([
  ['a.b[0].c', 1],
  ['a["b"][0].c', 1],
  ['a.toString', undefined],
])('reads %s', (path, expected) => {
  expect(getByPath({ a: { b: [{ c: 1 }] } }, path)).toBe(expected);
});

test.each<[FieldType, unknown, unknown]>([
  ['number', '', 0],
  ['number', '0x10', 16],
  ['number', true, 1],
  ['boolean', 'TRUE', true],
  ['boolean', 0, false],
  ['array', "['a']", ['a']],
  ['object', '{a: 1}', { a: 1 }],
  ['url', 'example.org', 'https://example.org'],
  ['number', null, null],
])('makes a %s of %j', (type, value, expected) => {
  expect(coerce(value, type)).toEqual({ ok: true, value: expected });
});

test.each<[FieldType, unknown]>([
  ['number', 'abc'],
  ['boolean', 'yes'],
  ['dateTime', 'soon'],
  ['object', '[1]'],
  ['url', 'gopher://x'],
])('makes no %s of %j', (type, value) => {
  expect(coerce(value, type).ok).toBe(false);
});

describe('filters', () => {
  const filter = (
    type: string,
    operation: string,
    leftValue: unknown,
    rightValue: unknown,
    options = {},
  ) => ({
    combinator: 'and',
    conditions: [{ leftValue, rightValue, operator: { type, operation } }],
    options: { typeValidation: 'strict', version: 3, ...options },
  });
  test.each([
    ['string', 'equals', 'A', 'a', false],
    ['string', 'regex', 'abc', '/^AB/i', true],
    ['number', 'gte', null, 0, true],
    ['array', 'lengthGt', [1, 2], 1, true],
    ['dateTime', 'after', '2024-01-02', '2024-01-01', true],
    ['boolean', 'false', null, '', true],
    ['string', 'nonsense', 'a', 'a', false],
  ])('%s %s %j %j', (type, operation, left, right, expected) => {
    expect(evaluateFilter(filter(type, operation, left, right))).toBe(expected);
  });

  test('says which side has the wrong type', () => {
    expect(() => evaluateFilter(filter('number', 'equals', 'abc', 1), { itemIndex: 1 })).toThrow(
      "Wrong type: 'abc' is a string but was expecting a number [condition 0, item 1]",
    );
  });

  test('an empty text is 0 in version 2 and nothing in version 3', () => {
    const loose = (version: number) =>
      evaluateFilter(filter('number', 'equals', '', 0, { typeValidation: 'loose', version }));
    expect([loose(2), loose(3)]).toEqual([true, false]);
  });

  test('stops at the condition that decides', () => {
    const { conditions, ...rest } = filter('number', 'equals', 1, 1);
    const wrong = filter('number', 'equals', 'x', 1).conditions;
    expect(
      evaluateFilter({ ...rest, combinator: 'or', conditions: [...conditions, ...wrong] }),
    ).toBe(true);
  });
});
