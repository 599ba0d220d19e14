import { expect, test } from 'vitest';
import { createRestartPauses } from './restart-pauses.ts';

test('children that end right after their start are started again ever later, up to ten seconds', () => {
  const pauses = createRestartPauses();
  const waited = Array.from({ length: 30 }, () => pauses.after(50));
  expect(waited.slice(0, 20)).toEqual(Array(20).fill(0));
  expect(waited.slice(20, 24)).toEqual([100, 200, 400, 800]);
  expect(waited.at(-1)).toBe(10_000);
});

test('one that lived for a while makes the next start at once', () => {
  const pauses = createRestartPauses();
  for (let count = 0; count < 25; count++) pauses.after(50);
  expect(pauses.after(60_000)).toBe(0);
  expect(pauses.after(50)).toBe(0);
});
