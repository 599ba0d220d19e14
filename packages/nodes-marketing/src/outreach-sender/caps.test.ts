import { expect, test } from 'vitest';
import { freeAt } from './caps.ts';

const DAY_MS = 86_400_000;
const cap = (most: number) => ({ scope: 'mailbox', most, days: 1 }) as const;

test.each([
  ['nothing was sent', [], 2, 1000],
  ['there is room', [10], 2, 1000],
  ['the oldest has to leave', [10, 20], 2, 10 + DAY_MS],
  ['more went out than is allowed now: more have to leave', [10, 20, 30], 2, 20 + DAY_MS],
  ['none is allowed', [], 0, Infinity],
])('%s', (_, times, most, expected) => {
  expect(freeAt(times, cap(most), 1000)).toBe(expected);
});
