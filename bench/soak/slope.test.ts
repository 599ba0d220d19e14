import { expect, test } from 'vitest';
import { isFlat, trendOf } from './slope.ts';

const every5s = (count: number, value: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => ({ minute: at / 12, value: value(at) }));
const noise = (at: number) => ((at * 7919) % 13) - 6;

test('finds the line that points lie on, and the levels at both ends', () => {
  const trend = trendOf(every5s(120, (at) => 100 + at / 12));
  expect(trend?.perMinute).toBeCloseTo(1);
  expect(trend?.standardError).toBeCloseTo(0);
  expect(trend?.firstQuarter).toBeCloseTo(101.25);
  expect(trend?.lastQuarter).toBeCloseTo(108.75);
});

test.each([
  ['a level with noise', (at: number) => 200 + noise(at), true],
  ['what shrinks', (at: number) => 200 - at, true],
  ['a rise too slow to matter', (at: number) => 200 + at / 1000, true],
  ['2 MB a minute under noise', (at: number) => 200 + at / 6 + noise(at), false],
  ['a rise that ends', (at: number) => 200 + Math.min(at, 60) / 2, false],
])('flat or not: %s', (_, value, flat) => {
  const trend = trendOf(every5s(180, value));
  expect(trend && isFlat(trend)).toBe(flat);
});

test('three points tell nothing', () => {
  expect(trendOf(every5s(3, () => 1))).toBeUndefined();
});
