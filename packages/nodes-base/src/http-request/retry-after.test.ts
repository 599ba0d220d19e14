import { expect, test } from 'vitest';
import { retryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 9, 21, 7, 0, 0);

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:00:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 06:00:00 GMT', 0],
  ['', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
])('%j asks for %s ms', (header, waitMs) => {
  expect(retryAfter(header, now)).toBe(waitMs);
});
