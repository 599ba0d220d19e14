import { expect, test } from 'vitest';
import { falseDiscoveryRates } from './multiple-testing.ts';

test('rates follow the order of the tests and never fall with p', () => {
  expect(falseDiscoveryRates([0.04, 0.01, 0.03, 0.5])).toEqual([
    expect.closeTo(0.16 / 3, 10),
    0.04,
    expect.closeTo(0.16 / 3, 10),
    0.5,
  ]);
});

test('no test, no rate', () => {
  expect(falseDiscoveryRates([])).toEqual([]);
});
