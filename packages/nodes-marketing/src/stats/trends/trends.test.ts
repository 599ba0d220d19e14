import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { findBursts } from './bursts.ts';
import { isRising } from './control-chart.ts';
import { growthOf } from './growth.ts';
import { readTrend } from './life-cycle.ts';
import { fitLogistic } from './logistic-curve.ts';
import { reachAfter, viralCoefficient } from './viral.ts';

/** Interest that follows the slope of a logistic curve around `middle`, with noise of 5 %. */
function wave(length: number, middle: number, seed = 1): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, (_, t) => {
    const share = 1 / (1 + Math.exp(-0.35 * (t - middle)));
    return Math.max(0, 1000 * share * (1 - share) * (1 + 0.05 * random.normal()) + 2);
  });
}

const steady = (length: number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length }, () => 100 + 8 * random.normal());
};

describe('bursts', () => {
  test('finds the planted stretch', () => {
    const random = createRandom(2);
    const counts = Array.from({ length: 60 }, (_, day) =>
      Math.round((day >= 30 && day < 40 ? 30 : 8) + 2 * random.normal()),
    );
    const [burst, ...others] = findBursts(counts);
    expect(burst).toMatchObject({ start: 30, end: 39, isOpen: false });
    expect(others).toEqual([]);
  });

  test('a burst at the end is open; none in nothing or in a steady series', () => {
    expect(findBursts([5, 5, 5, 5, 5, 5, 5, 30, 30, 30]).at(-1)?.isOpen).toBe(true);
    expect(findBursts([0, 0, 0])).toEqual([]);
    expect(findBursts(steady(60, 3))).toEqual([]);
  });
});

describe('control chart', () => {
  test('a lasting rise is seen, a single peak and noise are not', () => {
    const calm = steady(40, 4);
    expect(isRising([...calm, 160, 190, 230])).toBe(true);
    expect(isRising([...calm, 100, 230, 100])).toBe(false);
    const alarms = Array.from({ length: 100 }, (_, seed) => isRising(steady(40, seed)));
    expect(alarms.filter(Boolean).length).toBeLessThan(5);
  });

  test('three values say nothing', () => {
    expect(isRising([1, 100, 1000])).toBe(false);
  });
});

test('growth finds the planted rate', () => {
  const values = Array.from({ length: 20 }, (_, t) => 100 * 1.1 ** t - 1);
  expect(growthOf(values).slope).toBeCloseTo(Math.log(1.1), 6);
  expect(growthOf([5, 5, 5, 5])).toEqual({ slope: 0, p: 1 });
  expect(growthOf([1, 2]).p).toBe(1);
});

test('a logistic curve is found again from half of it', () => {
  const values = Array.from({ length: 30 }, (_, t) => 500 / (1 + Math.exp(-0.3 * (t - 22))));
  const curve = fitLogistic(values);
  expect(curve?.middle).toBeCloseTo(22, 0);
  expect(curve?.rate).toBeCloseTo(0.3, 1);
  expect(curve?.r2).toBeGreaterThan(0.999);
  expect(fitLogistic([1, 2, 3])).toBeUndefined();
  expect(fitLogistic([0, 0, 0, 0, 0, 0])).toBeUndefined();
});

describe('life cycle', () => {
  test.each([
    ['emerging', 40, 44],
    ['peak', 40, 39],
    ['declining', 40, 22],
  ] as const)('%s: %d periods of a wave with its crest at %d', (stage, length, crest) => {
    const readings = Array.from({ length: 20 }, (_, seed) => readTrend(wave(length, crest, seed)));
    const right = readings.filter((reading) => reading.stage === stage);
    expect(right.length).toBeGreaterThanOrEqual(18);
  });

  test('a steady series is flat, a yearly one seasonal, silence flat', () => {
    expect(readTrend(steady(60, 5)).stage).toBe('flat');
    const yearly = Array.from(
      { length: 160 },
      (_, week) => 100 + 80 * Math.sin((week / 52) * 2 * Math.PI),
    );
    expect(readTrend(yearly).stage).toBe('seasonal');
    expect(readTrend([]).stage).toBe('flat');
    expect(readTrend([0, 0, 0, 0]).stage).toBe('flat');
  });
});

describe('viral coefficient', () => {
  test('many shares that bring many people go viral, few do not', () => {
    expect(viralCoefficient({ viewers: 10_000, shares: 2000, arrivals: 16_000 }).isViral).toBe(
      true,
    );
    expect(viralCoefficient({ viewers: 10_000, shares: 20, arrivals: 15 }).isViral).toBe(false);
  });

  test('holds its own interval and is never sure after ten viewers', () => {
    const few = viralCoefficient({ viewers: 10, shares: 3, arrivals: 12 });
    expect(few.interval.low).toBeLessThan(few.k);
    expect(few.interval.high).toBeGreaterThan(few.k);
    expect(few.isViral).toBe(false);
  });

  test('reach adds up the generations', () => {
    expect(reachAfter(100, 0.5, 2)).toBeCloseTo(175, 10);
    expect(reachAfter(100, 1, 3)).toBe(400);
  });
});
