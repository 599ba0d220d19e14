import { expect, test } from 'vitest';
import { createRequestRate } from './request-rate.ts';

test('a burst passes, the next is told when to come again, others are not touched', () => {
  const time = { now: 1000 };
  const rate = createRequestRate(3, () => time.now);
  expect([1, 2, 3].map(() => rate.take('a'))).toEqual([0, 0, 0]);
  expect(rate.take('a')).toBe(20);
  expect(rate.take('b')).toBe(0);
  time.now += 19_999;
  expect(rate.take('a')).toBe(1);
  time.now += 1;
  expect(rate.take('a')).toBe(0);
  expect(rate.take('a')).toBe(20);
});

test('over a long time no more pass than the rate says', () => {
  const time = { now: 0 };
  const rate = createRequestRate(60, () => time.now);
  const passed = Array.from({ length: 6000 }, () => {
    time.now += 100;
    return rate.take('a');
  }).filter((seconds) => seconds === 0);
  expect(passed.length).toBeLessThanOrEqual(60 + 600);
  expect(passed.length).toBeGreaterThan(600);
});

test('0 lets all pass', () => {
  const rate = createRequestRate(0);
  expect(Array.from({ length: 1000 }, () => rate.take('a')).every((wait) => wait === 0)).toBe(true);
});
