import { expect, test } from 'vitest';
import { isFaulty, limitFaults, limitOf, NO_LIMIT, textsOf } from './limit-form.ts';

test.each([
  [{}, undefined],
  [{ atOnce: '3' }, { maxConcurrency: 3 }],
  [{ max: ' 10 ', seconds: '60' }, { rate: { max: 10, periodSeconds: 60 } }],
  [
    { atOnce: '1', max: '2', seconds: '3' },
    { maxConcurrency: 1, rate: { max: 2, periodSeconds: 3 } },
  ],
])('%j says %j, and shows it again', (texts, limit) => {
  const given = { ...NO_LIMIT, ...texts };
  expect(isFaulty(given)).toBe(false);
  expect(limitOf(given)).toEqual(limit);
  expect(limitOf(textsOf(limit))).toEqual(limit);
});

test.each([
  [{ atOnce: '0' }, 'atOnce', 'limits.faults.notWhole'],
  [{ atOnce: '1.5' }, 'atOnce', 'limits.faults.notWhole'],
  [{ atOnce: '99999' }, 'atOnce', 'limits.faults.notWhole'],
  [{ max: '5' }, 'seconds', 'limits.faults.secondsMissing'],
  [{ seconds: '5' }, 'max', 'limits.faults.maxMissing'],
  [{ max: 'ten', seconds: '5' }, 'max', 'limits.faults.notWhole'],
] as const)('%j is refused at %s', (texts, field, key) => {
  expect(limitFaults({ ...NO_LIMIT, ...texts })[field]?.key).toBe(key);
});
