import { expect, test } from 'vitest';
import { withGaps } from './day-series.ts';

const DAY_MS = 86_400_000;

test('days nobody looked at break the line, days side by side do not', () => {
  const points = [0, 1, 4].map((day) => ({ at: day * DAY_MS, value: day }));
  expect(withGaps(points).map(({ value }) => value)).toEqual([0, 1, null, 4]);
});
