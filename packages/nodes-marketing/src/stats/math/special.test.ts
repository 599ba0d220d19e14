import { expect, test } from 'vitest';
import { betaCdf, gammaCdf, logGamma } from './special.ts';

test('Γ of whole numbers is a factorial', () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n += 1) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 10);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
});

test.each([
  ['uniform', betaCdf(0.3, 1, 1), 0.3],
  ['Beta(2, 3) at .4', betaCdf(0.4, 2, 3), 0.5248],
  ['symmetric in the middle', betaCdf(0.5, 4000, 4000), 0.5],
  ['at the ends', betaCdf(0, 2, 2) + betaCdf(1, 2, 2), 1],
  ['exponential', gammaCdf(1, 1), 1 - Math.exp(-1)],
  ['Gamma(3) at 2', gammaCdf(2, 3), 1 - Math.exp(-2) * 5],
])('%s', (_, actual, expected) => {
  expect(actual).toBeCloseTo(expected, 10);
});
