import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { forecast } from './forecast.ts';

/** Days with a weekly pattern, a trend and noise. */
function days(count: number, { trend = 0, noise = 5, seed = 1 } = {}): number[] {
  const random = createRandom(seed);
  const week = [20, 10, 0, 0, 5, -15, -20];
  return Array.from(
    { length: count },
    (_, day) => 200 + (week[day % 7] ?? 0) + trend * day + noise * random.normal(),
  );
}

const meanError = (own: readonly { value: number }[], truth: readonly number[]) =>
  own.reduce((sum, { value }, step) => sum + Math.abs(value - (truth[step] ?? 0)), 0) / own.length;

describe('forecast', () => {
  test('continues week and trend better than the last week does', () => {
    const all = days(154, { trend: 1.5 });
    const { method, points, backTest } = forecast(all.slice(0, 140), { horizon: 14, season: 7 });
    expect(method).toContain('trend');
    expect(backTest[method]).toBeLessThan(backTest['seasonalNaive'] ?? 0);
    expect(meanError(points, all.slice(140))).toBeLessThan(7);
  });

  test('about 80 % of what comes lies within the interval', () => {
    let [inside, all] = [0, 0];
    for (let seed = 1; seed <= 15; seed += 1) {
      const series = days(98, { seed });
      const { points } = forecast(series.slice(0, 84), { horizon: 14, season: 7, seed });
      points.forEach(({ low, high }, step) => {
        const truth = series[84 + step] ?? 0;
        inside += truth >= low && truth <= high ? 1 : 0;
        all += 1;
      });
    }
    expect(inside / all).toBeGreaterThan(0.65);
    expect(inside / all).toBeLessThan(0.93);
  });

  test('the interval widens with distance, counts stay above 0, the seed decides', () => {
    const random = createRandom(5);
    let level = 20;
    const walk = Array.from({ length: 120 }, () => (level += 3 * random.normal()));
    const options = { horizon: 20, season: 1, isCount: true, seed: 4 };
    const { points } = forecast(walk, options);
    const width = (step: number) => (points[step]?.high ?? 0) - (points[step]?.low ?? 0);
    expect(width(19)).toBeGreaterThan(width(0));
    expect(Math.min(...points.map(({ low }) => low))).toBeGreaterThanOrEqual(0);
    expect(forecast(walk, options).points).toEqual(points);
  });

  test('refuses a series that is too short', () => {
    expect(() => forecast(days(20), { horizon: 7, season: 7 })).toThrow('it takes 21');
  });
});
