import { expect, test } from 'vitest';
import { nabScore, type Judged } from './nab-score.ts';

/** Two anomalies in 1,000 points; the first 150 are for getting to know the series. */
const series = (...alarms: number[]): Judged => ({
  length: 1000,
  windows: [
    { first: 400, last: 449 },
    { first: 800, last: 849 },
  ],
  alarms,
});

test('silence is worth 0, the first point of every window 100', () => {
  expect(nabScore([series()]).score).toBe(0);
  expect(nabScore([series(400, 800)])).toEqual({ score: 100, truePositives: 2, falsePositives: 0 });
});

test('earlier is better, and one alarm a window is enough', () => {
  const { score } = nabScore([series(400, 840)]);
  expect(score).toBeLessThan(nabScore([series(400, 805)]).score);
  expect(nabScore([series(400, 840, 841, 842)]).score).toBe(score);
});

test('a false alarm costs, just after a window less, and nothing while getting to know', () => {
  const found = nabScore([series(400, 800)]).score;
  const [far, near] = [nabScore([series(300, 400, 800)]), nabScore([series(400, 452, 800)])];
  expect(far).toMatchObject({ falsePositives: 1 });
  expect(found - far.score).toBeCloseTo((100 * 0.11) / 4, 6);
  expect(near.score).toBeGreaterThan(far.score);
  expect(near.score).toBeLessThan(found);
  expect(nabScore([series(10, 149, 400, 800)]).score).toBe(found);
});
