import { describe, expect, test } from 'vitest';
import { readSeries, settledStage, type TrendPoint } from './read-series.ts';
import { readTrendItems } from './trend-rows.ts';

const DAY_MS = 86_400_000;
const daily = (values: readonly number[], shares: readonly number[] = []): TrendPoint[] =>
  values.map((value, day) => ({ at: day * DAY_MS, value, shares: shares[day] ?? null }));
/** A wave with its crest on a day. */
const wave = (days: number, crest: number): number[] =>
  Array.from({ length: days }, (_, day) => {
    const share = 1 / (1 + Math.exp(-0.3 * (day - crest)));
    return Math.round(2 + 2000 * share * (1 - share));
  });

describe('a series', () => {
  test('before its crest emerges and grows', () => {
    const reading = readSeries(daily(wave(50, 58)));
    expect(reading.stage).toBe('emerging');
    expect(reading.growth).toBeGreaterThan(0);
  });

  test('near its crest has few hours left', () => {
    const { stage, hoursToPeak } = readSeries(daily(wave(60, 58)));
    expect(stage).toBe('peak');
    expect(hoursToPeak ?? Infinity).toBeLessThanOrEqual(3 * 24);
  });

  test('long after it declines, and has no time to its peak left', () => {
    expect(readSeries(daily(wave(60, 30)))).toMatchObject({ stage: 'declining', hoursToPeak: 0 });
  });

  test('empty, single and all-zero series are flat', () => {
    for (const values of [[], [5], [0, 0, 0, 0]])
      expect(readSeries(daily(values)).stage).toBe('flat');
  });

  test('is viral when its shares surely bring more people than there are', () => {
    const doubling = Array.from({ length: 12 }, (_, day) => 100 * 2 ** day);
    const shared = doubling.map((value) => value / 2);
    const { viral } = readSeries(daily(doubling, shared), { viralThreshold: 0.8 });
    expect(viral?.isViral).toBe(true);
    expect(viral?.k).toBeCloseTo(1, 0);
    expect(readSeries(daily(doubling)).viral).toBeNull();
  });
});

describe('a stage', () => {
  const points = daily(wave(60, 30));
  const reading = readSeries(points);

  test('changes after three readings that agree', () => {
    expect(settledStage(points, reading, 'peak')).toBe('declining');
    expect(settledStage(points, reading, undefined)).toBe('declining');
  });

  test('does not change for one reading', () => {
    const calm = Array.from({ length: 20 }, (_, day) => 100 + (day % 3));
    const jump = daily([...calm, 900]);
    const hasty = readSeries(jump);
    expect(hasty.stage).not.toBe('flat');
    expect(settledStage(jump, hasty, 'flat')).toBe('flat');
  });

  test('does not go back, but for a trend that catches fire again', () => {
    const back = { stage: 'peak', isBursting: false } as const;
    expect(settledStage(points, back, 'declining')).toBe('declining');
    const rising = daily(wave(50, 58));
    const again = { ...readSeries(rising), isBursting: true };
    expect(settledStage(rising, again, 'declining')).toBe('emerging');
  });
});

describe('items', () => {
  test('with points, with values only, and one a point, are read', () => {
    const [whole, plain, loose] = readTrendItems([
      {
        term: 'a',
        points: [
          { at: '2026-01-02', value: 2 },
          { at: '2026-01-01', value: 1 },
        ],
      },
      { term: 'b', points: [3, 4] },
      { term: 'c', date: '2026-01-01', value: '5', shares: 1 },
      { term: 'c', date: '2026-01-02', value: 6 },
    ]);
    expect(whole?.points.map(({ value }) => value)).toEqual([1, 2]);
    expect(plain?.points.map(({ at }) => at)).toEqual([0, DAY_MS]);
    expect(loose?.points.map(({ value, shares }) => [value, shares])).toEqual([
      [5, 1],
      [6, null],
    ]);
  });

  test.each([
    [{ value: 1 }, 'Item 0 has no "term"'],
    [{ term: 'a', at: '2026-01-01' }, 'Item 0 has a point without "value"'],
    [{ term: 'a', value: 1 }, 'Item 0 has a point without "at"'],
    [{ term: 'a', at: 'soon', value: 1 }, '"at" is "soon", which is not a date'],
    [{ term: 'a', at: 1, value: 'much' }, '"value" is "much", which is not a number'],
  ])('%j is refused', (item, message) => {
    expect(() => readTrendItems([item])).toThrow(message);
  });
});
