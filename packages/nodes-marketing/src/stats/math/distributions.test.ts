import { expect, test } from 'vitest';
import { chiSquareP, normalCdf, normalQuantile, studentP, twoSidedP } from './distributions.ts';

test.each([
  ['normal below 0', normalCdf(0), 0.5],
  ['normal below 1.96', normalCdf(1.959963984540054), 0.975],
  ['normal far below', normalCdf(-3.0902323061678132), 0.001],
  ['two-sided at 2.5758', twoSidedP(2.5758293035489004), 0.01],
  ['chi-square, 1 degree, 3.8415', chiSquareP(3.841458820694124, 1), 0.05],
  ['chi-square, 10 degrees, 18.307', chiSquareP(18.307038053275146, 10), 0.05],
  ['Student, 10 degrees, 2.2281', studentP(2.2281388519649385, 10), 0.05],
  ['Student, 1 degree, 12.706', studentP(12.706204736432095, 1), 0.05],
])('%s is the value of the tables', (_, actual, expected) => {
  expect(actual).toBeCloseTo(expected, 9);
});

test.each([1e-10, 0.001, 0.02, 0.3, 0.5, 0.77, 0.999, 1 - 1e-9])(
  'the quantile of %s leads back to it',
  (p) => {
    expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 6);
  },
);
