import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { seedMemories } from '../seed/campaigns.ts';
import { campaignDays, campaignMemories, campaigns } from '../tables/campaigns.ts';
import { learnings } from '../tables/programmes.ts';
import campaignPlanner from './campaign-planner.node.ts';
import { executionPlan, startAfter } from './execution-plan.ts';

const NOW = Date.UTC(2026, 10, 21, 15);
const DAY_MS = 86_400_000;
let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables.open(campaignMemories).insertMany([...seedMemories(1500, 1, NOW)]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, rows: readonly JsonObject[] = [{}]) =>
  runMarketingNode({
    node: campaignPlanner,
    parameters,
    items: rows.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => NOW },
  });

describe('execution plan', () => {
  test.each([
    ['2026-11-21T15:00:00Z', '2026-11-30'],
    ['2026-11-23T00:00:00Z', '2026-11-30'],
    ['2026-11-23T00:00:01Z', '2026-12-07'],
  ])('from %s the first Monday with a week to prepare is %s', (now, start) => {
    expect(new Date(startAfter(Date.parse(now))).toISOString()).toBe(`${start}T00:00:00.000Z`);
  });

  test('names every channel, a review each week, and ends with the memory', () => {
    const startsAt = Date.UTC(2026, 10, 30);
    const plan = executionPlan({
      startsAt,
      endsAt: startsAt + 28 * DAY_MS,
      channels: ['email', 'search'],
    });
    expect(plan.map(({ due }) => due)).toEqual(plan.map(({ due }) => due).toSorted());
    expect(plan.filter(({ task }) => task.startsWith('Review'))).toHaveLength(3);
    expect(plan.map(({ task }) => task)).toContain('Write and check the material for search');
    expect(plan.at(-1)).toMatchObject({
      due: '2026-12-28',
      task: expect.stringContaining('record'),
    });
  });
});

test('designs what is asked for, within the budget', async () => {
  const designs = await run({
    objective: 'sales',
    industry: 'food',
    budget: 6000,
    durationDays: 14,
  });
  expect(designs).toHaveLength(3);
  for (const design of designs) {
    expect(design).toMatchObject({ objective: 'sales', industry: 'food', budget: 6000 });
    const daily = Object.values(Object(design['dailyBudgets'])).map(Number);
    expect(daily.reduce((sum, each) => sum + each, 0) * 14).toBeCloseTo(6000, 0);
  }
  expect(new Set(designs.map(({ channels }) => String(channels))).size).toBe(3);
  expect(await run({ objective: 'unheard of' })).toEqual([]);
});

test('splits the money by what channels returned', async () => {
  await storage.tables.open(campaigns).insert({
    id: 'c',
    name: 'C',
    objective: 'leads',
    channels: ['email', 'search', 'social'],
    budget: 1,
  });
  const yields = { email: 9, search: 3, social: 1 };
  await storage.tables.open(campaignDays).insertMany(
    Object.entries(yields).flatMap(([channel, scale]) =>
      Array.from({ length: 20 }, (_, index) => ({
        campaignId: 'c',
        channel,
        day: new Date(NOW - (index + 1) * DAY_MS).toISOString().slice(0, 10),
        spend: 50 + 20 * index,
        revenue: scale * (50 + 20 * index) ** 0.7,
      })),
    ),
  );
  const designs = await run({ count: 6 });
  const mixed = designs.filter(({ channels }) => String(channels).includes('email,search'));
  expect(mixed.length).toBeGreaterThan(0);
  for (const { dailyBudgets } of mixed) {
    const { email, search } = Object(dailyBudgets);
    expect(email).toBeGreaterThan(2 * search);
  }
});

test('targets answer for each item, and own outcomes lower them', async () => {
  const kind = { operation: 'kpi', objective: 'retention', industry: 'retail', channels: 'email' };
  const targets = async () => (await run(kind, [{ a: 1 }]))[0];
  const before = await targets();
  expect(before).toMatchObject({ a: 1, isFeasible: expect.any(Boolean) });
  expect(Number(before?.['stretch'])).toBeGreaterThan(Number(before?.['commit']));
  await storage.tables.open(learnings).insert({
    programme: 'campaigns',
    subject: 'channels:email',
    metric: 'returnRatio',
    mean: 0.5,
    sd: 0.1,
    count: 12,
  });
  const after = await targets();
  expect(1 + Number(after?.['commit'])).toBeCloseTo((1 + Number(before?.['commit'])) / 2, 6);
});
