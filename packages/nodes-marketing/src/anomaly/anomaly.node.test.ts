import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../stats/math/random.ts';
import anomalyNode from './anomaly.node.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 5);

const run = (parameters: JsonObject, items: readonly JsonObject[]) =>
  runMarketingNode({
    node: anomalyNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: {},
  });

/** Six weeks of hours with a daily rhythm; one hour of one channel falls. */
function visits(channel: string, fallsAt = -1): JsonObject[] {
  const random = createRandom(channel.length);
  return Array.from({ length: 24 * 42 }, (_, hour) => {
    const usual = 100 + 80 * Math.sin((Math.PI * 2 * (hour % 24)) / 24) + 5 * random.normal();
    const isLow = hour >= fallsAt && hour < fallsAt + 4 && fallsAt >= 0;
    return {
      at: new Date(START + hour * HOUR_MS).toISOString(),
      value: isLow ? 2 : usual,
      channel,
    };
  });
}

const fields = (row: JsonObject | undefined) => Object(row?.['anomaly']);

describe('anomalies of items', () => {
  test('the planted fall of one group is the only alarm, and says why', async () => {
    // Hour 870 is 06:00, where visits are at their height.
    const found = await run({ groupBy: 'channel' }, [...visits('mail', 870), ...visits('search')]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      channel: 'mail',
      anomaly: { group: 'mail', isAlarm: true, basis: 'hourOfWeek', value: 2 },
    });
    expect(fields(found[0]).explain).toMatch(
      /^2 is \d+\.\d robust deviations below 1\d\d, which is usual at this hour of the week$/,
    );
  });

  test('order of items does not matter', async () => {
    const items = visits('mail', 870);
    const sorted = await run({}, items);
    expect(await run({}, items.toReversed())).toEqual(sorted);
    expect(sorted).toHaveLength(1);
  });

  test('a value that is missing is no zero', async () => {
    const items = visits('mail').map((row, hour) =>
      hour >= 870 && hour < 874 ? { ...row, value: null } : row,
    );
    expect(await run({}, items)).toEqual([]);
  });

  test('the last value of each series, and every value, can be shown', async () => {
    const items = [...visits('mail'), ...visits('search')];
    expect(await run({ show: 'last', groupBy: 'channel' }, items)).toHaveLength(2);
    const all = await run({ show: 'all', groupBy: 'channel' }, items);
    expect(all).toHaveLength(items.length);
    expect(fields(all[0])).toMatchObject({ usual: null, isAlarm: false, basis: 'none' });
  });

  test('by shares, what is usual is told in the unit of the values', async () => {
    const random = createRandom(4);
    const grown = Array.from({ length: 24 * 40 }, (_, hour) => ({
      at: START + hour * HOUR_MS,
      value: hour === 950 ? 90_000 : Math.round(1000 * Math.exp(0.05 * random.normal())),
    }));
    const found = await run({ scale: 'log' }, grown);
    expect(found.map((row) => fields(row).value)).toEqual([90_000]);
    expect(fields(found[0]).usual).toBeGreaterThan(900);
    expect(fields(found[0]).usual).toBeLessThan(1100);
  });

  test('no items are no anomalies', async () => {
    expect(await run({}, [])).toEqual([]);
  });

  test.each([
    [{}, [{ value: 1 }], 'Item 0 has no "at"'],
    [{}, [{ at: 'soon', value: 1 }], '"at" is "soon", which is not a date'],
    [{}, [{ at: 1, value: 'many' }], '"value" is "many", which is not a number'],
    [{}, [{ at: 1 }], 'No item has a number in "value"'],
    [{ timeField: 'day' }, [{ at: 1, value: 1 }], 'Item 0 has no "day"'],
    [{ groupBy: 'channel' }, [{ at: 1, value: 1 }], 'Item 0 has no "channel"'],
    [{ limit: 0 }, [{ at: 1, value: 1 }], '"Limit" is 0'],
    [{ scale: 'log' }, [{ at: 1, value: -1 }], 'no logarithm below 0'],
  ])('%j of %j is refused', async (parameters, items, message) => {
    await expect(run(parameters, items)).rejects.toThrow(message);
  });
});
