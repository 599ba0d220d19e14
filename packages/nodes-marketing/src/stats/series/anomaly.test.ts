import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { createAnomalyWatch, findAnomalies } from './anomaly.ts';
import { createWindow } from './rolling-window.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 5);

/** Visits an hour: more by day, fewer at weekends, with noise; `planted` changes some. */
function visits(hours: number, planted: (hour: number, usual: number) => number = (_, x) => x) {
  const random = createRandom(7);
  return Array.from({ length: hours }, (_, hour) => {
    const byDay = 100 + 80 * Math.sin((Math.PI * 2 * (hour % 24)) / 24);
    const byWeek = Math.floor(hour / 24) % 7 >= 5 ? 0.6 : 1;
    const usual = byDay * byWeek + 6 * random.normal();
    return { at: START + hour * HOUR_MS, value: planted(hour, usual) };
  });
}

describe('anomalies', () => {
  test('finds a drop that is usual at night but not at noon', () => {
    const series = visits(24 * 42, (hour, usual) => (hour >= 850 && hour < 856 ? 20 : usual));
    const alarms = findAnomalies(series).filter(({ at }) => at >= START + 24 * 28 * HOUR_MS);
    expect(alarms.map(({ at }) => (at - START) / HOUR_MS)).toEqual([850]);
    expect(alarms[0]).toMatchObject({ basis: 'hourOfWeek' });
    expect(alarms[0]?.z).toBeLessThan(-3.5);
  });

  test('tells of one far value at once, and of a stir once a day', () => {
    const series = visits(24 * 42, (hour, usual) => (hour >= 900 && hour < 910 ? 2000 : usual));
    const late = findAnomalies(series).filter(({ at }) => at >= START + 24 * 28 * HOUR_MS);
    expect(late.map(({ at }) => (at - START) / HOUR_MS)).toEqual([900]);
  });

  test('is quiet on weeks that are as usual', () => {
    const late = findAnomalies(visits(24 * 70)).filter(({ at }) => at >= START + 24 * 28 * HOUR_MS);
    expect(late.length).toBeLessThanOrEqual(2);
  });

  test('judges by the past only: a replay gives the same verdicts', () => {
    const series = visits(24 * 30, (hour, usual) => (hour === 700 ? 900 : usual));
    const watch = createAnomalyWatch();
    const live = series.filter((each) => watch(each).isAlarm).map(({ at }) => at);
    expect(findAnomalies(series).map(({ at }) => at)).toEqual(live);
    expect(findAnomalies(series.slice(0, 500)).map(({ at }) => at)).toEqual(
      live.filter((at) => at < START + 500 * HOUR_MS),
    );
  });

  test('says nothing before it has seen anything, and of a flat line', () => {
    expect(createAnomalyWatch()({ at: START, value: 1e9 })).toMatchObject({
      usual: undefined,
      isAlarm: false,
      basis: 'none',
    });
    expect(findAnomalies(visits(500, () => 5))).toEqual([]);
  });
});

test('a rolling window has the median and deviation of its last values', () => {
  const random = createRandom(3);
  const window = createWindow(25);
  const values: number[] = [];
  for (let step = 0; step < 200; step += 1) {
    const value = random.below(20);
    values.push(value);
    window.add(value);
    const last = values.slice(-25);
    const middle = medianOf(last);
    expect(window.median()).toBe(middle);
    expect(window.deviation()).toBe(medianOf(last.map((each) => Math.abs(each - middle))));
  }
});

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
