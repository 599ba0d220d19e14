import { expect, test } from 'vitest';
import { intervalScale } from './interval-scale.ts';
import { sparkPath } from './spark-path.ts';

test('an axis holds every value and what it is compared with', () => {
  const { start, end, place } = intervalScale([{ value: 2, low: 1, high: 3 }], [0]);
  expect([start, end]).toEqual([0, 3]);
  expect([place(0), place(1.5), place(3)]).toEqual([0, 50, 100]);
});

test('one very wide band is cut and does not press the others flat', () => {
  const narrow = Array.from({ length: 19 }, () => ({ value: 1, low: 0, high: 2 }));
  const { end, place } = intervalScale([...narrow, { value: 1, low: 0, high: 1000 }]);
  expect(end).toBe(2);
  expect(place(1000)).toBe(100);
});

test('values that are not known leave an axis all the same', () => {
  const { start, end } = intervalScale([{ value: null }]);
  expect([start, end]).toEqual([0, 1]);
});

test('a small line breaks where a value is not known', () => {
  const { path, end } = sparkPath([0, 1, null, 1], 33, 20);
  expect(path.match(/[ML]/g)).toEqual(['M', 'L', 'M']);
  expect(end).toEqual({ x: 31.5, y: 1.5 });
});

test('a small line of nothing is empty, a level one lies in the middle', () => {
  expect(sparkPath([null, null], 30, 20)).toEqual({ path: '', end: undefined });
  expect(sparkPath([5, 5], 30, 20).path).toBe('M1.5 10L28.5 10');
});
