import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { seedMemories } from '../seed/campaigns.ts';
import { campaignMemories } from '../tables/campaigns.ts';
import campaignMemory from './campaign-memory.node.ts';

const NOW = Date.UTC(2026, 10, 21);
let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, rows: readonly JsonObject[] = [{}]) =>
  runMarketingNode({
    node: campaignMemory,
    parameters,
    items: rows.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => NOW },
  });
const seeded = () =>
  storage.tables.open(campaignMemories).insertMany([...seedMemories(1500, 1, NOW)]);

test('records campaigns with the return of their money, again in place of before', async () => {
  const spring = { name: 'Spring', objective: 'Leads', channels: ['search', 'Email'] };
  const record = (revenue: number) =>
    run({ operation: 'record' }, [{ ...spring, spend: 4000, revenue, endedAt: '2026-03-31' }]);
  await record(6000);
  await record(8000);
  expect(await storage.tables.open(campaignMemories).find()).toMatchObject([
    {
      name: 'Spring',
      objective: 'leads',
      channels: 'email+search',
      budget: 4000,
      budgetBand: 'small',
      month: 3,
      roi: 1,
      source: 'import',
      tone: null,
    },
  ]);
});

test.each([
  [{ objective: 'leads', channels: 'email', roi: 1 }, 'Item 0 has no "name"'],
  [{ name: 'A', objective: 'leads', roi: 1 }, 'Item 0 has no "channels"'],
  [{ name: 'A', objective: 'leads', channels: 'email' }, 'does not say what the campaign returned'],
  [{ name: 'A', objective: 'x', channels: 'email', spend: 0, revenue: 5 }, 'does not say what'],
  [{ name: 'A', objective: 'x', channels: 'email', roi: 'good' }, '"roi" is "good"'],
])('refuses %j', async (row, message) => {
  await expect(run({ operation: 'record' }, [row])).rejects.toThrow(message);
  expect(await storage.tables.open(campaignMemories).count()).toBe(0);
});

test('finds the planted patterns', async () => {
  await seeded();
  const found = await run({ operation: 'patterns' });
  const named = found.map(({ tier, attribute, value }) => `${tier} ${attribute}=${value}`);
  expect(named).toContain('success objective=retention');
  expect(named).toContain('failure objective=awareness');
  expect(named.join()).not.toContain('audience');
});

test('recommends within what is asked for, with doubt and evidence', async () => {
  await seeded();
  const found = await run({ objective: 'Leads', count: 4 });
  expect(found).toHaveLength(4);
  for (const each of found) {
    expect(each['objective']).toBe('leads');
    expect(Number(each['low'])).toBeLessThan(Number(each['predictedRoi']));
    expect(each['evidence']).toHaveLength(10);
  }
  expect(await run({ objective: 'unheard of' })).toEqual([]);
});

test('works on items alone', async () => {
  const rows = [...seedMemories(200, 1, NOW)].map((row) => ({ ...row }));
  const [tested] = await run({ operation: 'backTest', source: 'items' }, rows);
  expect(tested).toMatchObject({ held: 40 });
  expect(await run({ operation: 'backTest' })).toEqual([]);
});
