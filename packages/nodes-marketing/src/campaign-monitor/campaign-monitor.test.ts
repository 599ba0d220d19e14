import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/math/random.ts';
import { findAnomalies } from './anomalies.ts';
import { measureReturn, type ChannelDay } from './campaign-return.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 8, 1);

/** Days around 100 spent, on which mail returns twice its cost and ads half of it. */
function drawDays(count: number, seed: number): ChannelDay[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    [
      { channel: 'mail', yields: 2 },
      { channel: 'ads', yields: 0.5 },
    ].map(({ channel, yields }) => {
      const spend = 80 + 40 * random.next();
      return {
        channel,
        day: new Date(START + index * DAY_MS).toISOString().slice(0, 10),
        spend,
        clicks: Math.round(spend),
        conversions: 5,
        revenue: yields * spend * Math.exp(0.3 * random.normal() - 0.045),
      };
    }),
  ).flat();
}

describe('return', () => {
  test('is of the sums, and its interval holds the truth four times of five', () => {
    const truth = 0.25;
    const measured = Array.from({ length: 400 }, (_, seed) => measureReturn(drawDays(30, seed)));
    const held = measured.filter(
      ({ interval }) => interval && interval.low <= truth && truth <= interval.high,
    );
    expect(held.length / measured.length).toBeGreaterThan(0.73);
    expect(held.length / measured.length).toBeLessThan(0.87);
  });

  test('that channels differ is no doubt', () => {
    const days = drawDays(30, 1).map((day) => ({
      ...day,
      spend: 100,
      revenue: day.channel === 'mail' ? 200 : 50,
    }));
    const { roi, interval } = measureReturn(days);
    expect(roi).toBeCloseTo(0.25, 12);
    expect(interval?.high).toBeCloseTo(interval?.low ?? NaN, 9);
  });

  test('nothing spent, no return; two days, no interval', () => {
    expect(measureReturn([])).toEqual({
      spend: 0,
      revenue: 0,
      roi: undefined,
      interval: undefined,
    });
    expect(measureReturn(drawDays(2, 1)).interval).toBeUndefined();
    expect(measureReturn(drawDays(2, 1)).roi).toBeDefined();
  });
});

describe('anomalies', () => {
  const calm = drawDays(40, 3);
  const change = (last: number, what: Partial<ChannelDay>) =>
    calm.map((day, index) => (index >= calm.length - 2 * last ? { ...day, ...what } : day));

  test('a calm campaign has hardly any', () => {
    const found = Array.from({ length: 100 }, (_, seed) => findAnomalies(drawDays(40, seed)));
    expect(found.filter(({ length }) => length > 0).length).toBeLessThan(5);
  });

  test('tracking that broke two days ago is found, one bad day is not', () => {
    expect(findAnomalies(change(2, { conversions: 0 }))).toEqual([
      { metric: 'conversions', direction: 'low', z: expect.any(Number), day: expect.any(String) },
    ]);
    expect(findAnomalies(change(1, { conversions: 0 }))).toEqual([]);
    expect(findAnomalies(change(2, { spend: 1000 }))).toMatchObject([
      { metric: 'spend', direction: 'high' },
    ]);
  });

  test('a weekend that is always quiet is no anomaly', () => {
    const quiet = Array.from({ length: 56 }, (_, index) => {
      const at = new Date(START + index * DAY_MS);
      const clicks = at.getUTCDay() % 6 === 0 ? 10 : 1000;
      return {
        channel: 'mail',
        spend: 100,
        conversions: 5,
        revenue: 200,
        clicks,
        day: at.toISOString().slice(0, 10),
      };
    });
    const sunday = quiet.findLastIndex(({ day }) => new Date(day).getUTCDay() === 0);
    expect(findAnomalies(quiet.slice(0, sunday + 1))).toEqual([]);
  });

  test('too short a series says nothing', () => {
    expect(findAnomalies(calm.slice(0, 18))).toEqual([]);
    expect(findAnomalies([])).toEqual([]);
  });
});
