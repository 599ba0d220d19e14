import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import budgetOptimizer from './budget-optimizer.node.ts';
import { channelCurves } from './channel-curves.ts';
import { moveBudgets } from './move-budgets.ts';

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const rows = [10, 50, 100, 200, 400, 800].flatMap((spend) => [
  { channel: 'search', spend, revenue: 6 * spend ** 0.6 },
  { channel: 'social', spend, revenue: 2 * spend ** 0.6 },
]);
const run = (parameters: JsonObject, items: readonly JsonObject[] = rows) =>
  runMarketingNode({
    node: budgetOptimizer,
    parameters: { source: 'items', ...parameters },
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => Date.UTC(2026, 10, 21) },
  });

test('fits a curve to each channel', async () => {
  const curves = await run({ operation: 'fit' });
  expect(curves.map(({ channel }) => channel)).toEqual(['search', 'social']);
  for (const { exponent } of curves) expect(Number(exponent)).toBeCloseTo(0.6, 1);
});

test('divides a budget by equal return at the margin, and keeps to the most move', async () => {
  const [search, social] = await run({ budget: 1000, floor: 0 });
  expect(Number(search?.['spend']) + Number(social?.['spend'])).toBeCloseTo(1000, 6);
  expect(Number(search?.['marginal'])).toBeCloseTo(Number(social?.['marginal']), 6);
  const moved = await run({ budget: 1000, previous: '{"search": 500, "social": 500}' });
  expect(moved.map(({ spend }) => Math.round(Number(spend)))).toEqual([600, 400]);
});

test('the return of all is of the sums', async () => {
  const flows = [
    { channel: 'a', spend: 10, revenue: 40 },
    { channel: 'b', spend: 90, revenue: 60 },
  ];
  expect(await run({ operation: 'roi' }, flows)).toEqual([
    { channel: 'a', cost: 10, value: 40, roi: 3 },
    { channel: 'b', cost: 90, value: 60, roi: expect.closeTo(-1 / 3, 9) },
    { channel: 'all', cost: 100, value: 100, roi: 0 },
  ]);
  expect(await run({ operation: 'roi', source: 'store' })).toEqual([
    { channel: 'all', cost: 0, value: 0, roi: null },
  ]);
});

test('says what is wrong with what it is given', async () => {
  await expect(run({}, [{ spend: 1 }])).rejects.toThrow('Item 0 has no "channel"');
  await expect(run({ previous: '{"search": "much"}' })).rejects.toThrow('of "search" is "much"');
  expect(await run({}, [])).toEqual([]);
});

describe('moving budgets', () => {
  const curves = channelCurves(rows);
  const previous = { search: 50, social: 50 };
  const total = (budgets: Readonly<Record<string, number>>) =>
    Object.values(budgets).reduce((sum, each) => sum + each, 0);
  const move = (spent: number, daysLeft: number | undefined) =>
    moveBudgets([curves.of('search'), curves.of('social')], previous, {
      budget: 10_000,
      spent,
      daysLeft,
    });

  test.each([
    ['on pace the sum stays', 9000, 10, 100],
    ['too slow it rises by a tenth', 0, 10, 110],
    ['too fast it falls by a tenth', 9900, 10, 90],
    ['without an end it stays', 0, undefined, 100],
    ['never more than is left', 9970, 1, 30],
    ['nothing left, nothing spent', 10_000, 5, 0],
  ])('%s', (_, spent, daysLeft, expected) => {
    expect(total(move(spent, daysLeft))).toBeCloseTo(expected, 1);
  });

  test('money goes to what returns more', () => {
    expect(move(9000, 10)).toEqual({ search: 60, social: 40 });
  });

  test('a channel never seen stands where all of them stand', () => {
    expect(curves.of('radio').scale).toBeGreaterThan(curves.of('social').scale);
    expect(channelCurves([]).of('radio')).toMatchObject({ scale: 1, periods: 0 });
  });
});
