import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/math/random.ts';
import forecastNode from './forecast.node.ts';
import { seasonOf } from './time-grid.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 5);

const run = (parameters: JsonObject, items: readonly JsonObject[]) =>
  runMarketingNode({
    node: forecastNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: {},
  });

const WEEK = [20, 10, 0, 0, 5, -15, -20];
const truth = (day: number) => 100 + (WEEK[day % 7] ?? 0) + 0.8 * day;
function days(count: number, seed = 1): JsonObject[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, day) => ({
    at: new Date(START + day * DAY_MS).toISOString(),
    value: truth(day) + 2 * random.normal(),
  }));
}

describe('a forecast of items', () => {
  test('goes on with the planted week and trend, and tells its error', async () => {
    const steps = await run({ horizon: 14 }, days(98));
    expect(steps).toHaveLength(14);
    expect(steps[0]?.['at']).toBe(new Date(START + 98 * DAY_MS).toISOString());
    for (const [index, step] of steps.entries())
      expect(Math.abs(Number(step['value']) - truth(98 + index))).toBeLessThan(8);
    const [series] = await run({ horizon: 14, show: 'series' }, days(98));
    expect(series).toMatchObject({ season: 7, values: 98, missing: 0 });
    expect(series?.['error']).toBeLessThan(5);
    expect(series?.['errorShare']).toBeLessThan(1);
    expect(series?.['explain']).toMatch(/season 7\..* off by .* % less than the last season/);
  });

  test('a wider interval holds more futures, and the same seed gives the same', async () => {
    const width = async (interval: number) => {
      const [step] = await run({ interval }, days(60));
      return Number(step?.['high']) - Number(step?.['low']);
    };
    expect(await width(95)).toBeGreaterThan(await width(50));
    expect(await run({ seed: 3 }, days(60))).toEqual(await run({ seed: 3 }, days(60)));
  });

  test('months go on by the calendar', async () => {
    const months = Array.from({ length: 30 }, (_, month) => ({
      date: new Date(Date.UTC(2024, month, 1)).toISOString().slice(0, 10),
      value: 50 + month,
    }));
    const steps = await run({ timeField: 'date', horizon: 3, season: 1 }, months);
    expect(steps.map(({ at }) => String(at).slice(0, 10))).toEqual([
      '2026-07-01',
      '2026-08-01',
      '2026-09-01',
    ]);
  });

  test('holes are drawn in and counted, never taken for 0', async () => {
    const holed = days(98).filter((_, day) => day % 10 !== 4);
    const [series] = await run({ show: 'series' }, holed);
    expect(series).toMatchObject({ values: 98, missing: 10 });
    expect(series?.['error']).toBeLessThan(8);
    expect(series?.['explain']).toContain('10 missing values were drawn in');
  });

  test('groups are told apart', async () => {
    const both = ['a', 'b'].flatMap((channel, index) =>
      days(40).map((row) => ({ ...row, channel, value: Number(row['value']) * (1 + 9 * index) })),
    );
    const made = await run({ groupBy: 'channel', horizon: 1 }, both);
    expect(made.map(({ group }) => group)).toEqual(['a', 'b']);
    expect(Number(made[1]?.['value'])).toBeGreaterThan(5 * Number(made[0]?.['value']));
  });

  test.each([
    ['too few', {}, days(5), 'a season of 1 takes 6'],
    ['one value', {}, days(1), 'The series has 1 values'],
    ['two at once', {}, [...days(20), ...days(20)], 'two values at'],
    ['mostly holes', {}, days(60).filter((_, day) => day < 20 || day > 50), 'lacks the values of'],
    ['a season too long', { season: 30 }, days(60), 'a season of 30 takes 90'],
    ['no horizon', { horizon: 0 }, days(60), '"Horizon" is 0'],
    ['half a step', { horizon: 1.5 }, days(60), '"Horizon" is 1.5'],
  ])('%s is refused', async (_, parameters, items, message) => {
    await expect(run(parameters, items)).rejects.toThrow(message);
  });

  test('an unsteady clock is no equal step', async () => {
    const items = days(30).map((row, day) => ({
      ...row,
      at: START + day * DAY_MS + (day === 15 ? DAY_MS * 0.4 : 0),
    }));
    await expect(run({}, items)).rejects.toThrow('comes in no equal steps');
  });
});

test.each([
  [3_600_000, 100, 24],
  [DAY_MS, 30, 7],
  [DAY_MS, 20, 1],
  [7 * DAY_MS, 160, 52],
])('the season of steps of %i ms over %i values is %i', (ms, count, season) => {
  expect(seasonOf({ kind: 'time', ms }, count)).toBe(season);
});
