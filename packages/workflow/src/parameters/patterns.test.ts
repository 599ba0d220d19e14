import { expect, test } from 'vitest';
import { linearRegex, PatternError } from '../expression/index.ts';
import type { Property } from '../node-api/index.ts';
import { extractValue } from './extract-value.ts';
import { evaluateFilter, isVisible } from './index.ts';

/** Takes a backtracking engine longer than anyone waits. */
const CATASTROPHIC = '^(a+)+$';
const text = `${'a'.repeat(50_000)}!`;

const filterOf = (operation: string, leftValue: string, rightValue: string) => ({
  combinator: 'and',
  options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
  conditions: [{ leftValue, rightValue, operator: { type: 'string', operation } }],
});

test('a catastrophic pattern costs a filter no more than another', () => {
  expect(evaluateFilter(filterOf('regex', text, CATASTROPHIC))).toBe(false);
  expect(evaluateFilter(filterOf('notRegex', text, `/${CATASTROPHIC}/i`))).toBe(true);
});

test('nor a display rule, nor what a locator or a text extracts', () => {
  const displayOptions = { show: { n: [{ _cnd: { regex: CATASTROPHIC } }] } };
  expect(isVisible({ displayOptions }, { n: text })).toBe(false);

  const extract = { type: 'regex', regex: `(${CATASTROPHIC})` };
  const property: Property = {
    displayName: 'Id',
    name: 'id',
    type: 'resourceLocator',
    default: '',
    modes: [{ name: 'url', extractValue: extract }],
    extractValue: extract,
  };
  expect(extractValue({ __rl: true, mode: 'url', value: text }, property)).toBe(text);
  expect(extractValue(text, property)).toBe(text);
});

test.each([
  ['https://x.io/d/([\\w-]+)', 'https://x.io/d/ab-1/edit', 'ab-1'],
  ['no (match)', 'https://x.io', 'https://x.io'],
  ['no group', 'no group', 'no group'],
])('the first group of %s is the value', (regex, value, expected) => {
  const property: Property = {
    displayName: 'Id',
    name: 'id',
    type: 'string',
    default: '',
    extractValue: { type: 'regex', regex },
  };
  expect(extractValue(value, property)).toBe(expected);
});

test.each(['(?=a)b', '(?<!a)b', '(a)\\1', '(', 'a'.repeat(2001)])(
  'a pattern it cannot run is named: %s',
  (pattern) => {
    expect(() => linearRegex(pattern).test('a')).toThrow(PatternError);
  },
);

test.each([
  ['^a.c$', 's', 'a\nc', true],
  ['^c$', 'm', 'a\nc', true],
  ['ABC', 'gi', 'xabc', true],
  ['\\p{Lu}', 'u', 'É', true],
  ['\\s', '', '\u00a0', true],
  ['[^\\d-]', '', '1-2', false],
])('/%s/%s matches as JavaScript does', (pattern, flags, value, expected) => {
  expect(linearRegex(pattern, flags).test(value)).toBe(expected);
  expect(new RegExp(pattern, flags).test(value)).toBe(expected);
});
