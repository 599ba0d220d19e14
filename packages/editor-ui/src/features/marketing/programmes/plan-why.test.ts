import { expect, test } from 'vitest';
import { learnedOf, reasonsOf } from './plan-why.ts';

test('reasons are the plain values of a plan by their names', () => {
  const details = {
    expectedValue: 12,
    isQuickWin: true,
    reasons: ['near', 'strong'],
    interval: { low: 1, high: 3 },
    requirements: { words: 900 },
    deep: { is: 'left out' },
    empty: null,
    learned: 'Such plans brought 2.00 of what was expected',
  };
  expect(reasonsOf(details, String)).toEqual([
    { name: 'expected value', text: '12' },
    { name: 'is quick win', text: '✓' },
    { name: 'reasons', text: 'near, strong' },
    { name: 'interval', text: '1 … 3' },
  ]);
  expect(learnedOf(details)).toContain('2.00');
});

test('a plan without details has no reasons', () => {
  expect([reasonsOf(null, String), learnedOf(null)]).toEqual([[], undefined]);
});
