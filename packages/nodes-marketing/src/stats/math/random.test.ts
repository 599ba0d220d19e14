import { expect, test } from 'vitest';
import { mean, variance } from './describe.ts';
import { createRandom } from './random.ts';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

test('the same seed gives the same numbers, another seed others', () => {
  const numbers = (seed: number) => draw(5, createRandom(seed).next);
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test.each([
  ['uniform', createRandom(1).next, 1 / 2, 1 / 12],
  ['normal', createRandom(2).normal, 0, 1],
  ['gamma of shape 3', () => gamma.gamma(3), 3, 3],
  ['gamma of shape .5', () => gamma.gamma(0.5), 0.5, 0.5],
  ['beta(2, 6)', () => gamma.beta(2, 6), 1 / 4, 12 / (64 * 9)],
])('%s has its mean and variance', (_, next, expectedMean, expectedVariance) => {
  const values = draw(50_000, next);
  expect(Math.abs(mean(values) - expectedMean)).toBeLessThan(0.03);
  expect(Math.abs(variance(values) - expectedVariance)).toBeLessThan(0.08);
});

const gamma = createRandom(3);

test('a shuffle keeps every element, in another order', () => {
  const list = Array.from({ length: 100 }, (_, index) => index);
  const shuffled = createRandom(4).shuffle(list);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
  expect(shuffled).not.toEqual(list);
});
