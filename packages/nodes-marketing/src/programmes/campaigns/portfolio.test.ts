import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../../index.ts';
import { seedCampaigns } from '../../seed/campaigns.ts';
import { campaignDays, campaigns } from '../../tables/campaigns.ts';
import { measureCampaigns } from './campaign-days.ts';
import { decideCampaign } from './decide-campaign.ts';
import { consolidatedRoi, portfolio } from './portfolio.ts';

const NOW = Date.UTC(2026, 10, 21);
let storage: ReturnType<typeof createMemoryStorage>;
const seeded = [...seedCampaigns(8, 60, 1, NOW)];
const days = seeded.flatMap((each) => each.days);

beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables.open(campaigns).insertMany(seeded.map(({ campaign }) => campaign));
  await storage.tables.open(campaignDays).insertMany(days);
});
afterEach(() => storage.close());

const sum = (of: readonly { readonly spend: number; readonly revenue?: number }[]) => ({
  cost: of.reduce((total, { spend }) => total + spend, 0),
  value: of.reduce((total, { revenue = 0 }) => total + revenue, 0),
});

test('the consolidated return is of the sums, by channel and by campaign too', async () => {
  const { cost, value } = sum(days);
  const shown = await consolidatedRoi(storage.tables);
  expect(shown.cost).toBeCloseTo(cost, 6);
  expect(shown.roi).toBeCloseTo((value - cost) / cost, 9);
  expect(shown.byChannel.map(({ channel }) => channel).toSorted()).toEqual([
    'email',
    'search',
    'social',
  ]);
  const email = sum(days.filter(({ channel }) => channel === 'email'));
  expect(shown.byChannel.find(({ channel }) => channel === 'email')?.roi).toBeCloseTo(
    (email.value - email.cost) / email.cost,
    9,
  );
  expect(shown.byCampaign).toHaveLength(8);
  expect((await consolidatedRoi(storage.tables, '2030-01-01')).roi).toBeNull();
});

test('a portfolio tells its return only with all doubt known, and is surer than its parts', async () => {
  expect((await portfolio(storage.tables)).total).toMatchObject({ spend: 0, roi: null });
  expect(await measureCampaigns(storage.tables, NOW)).toBe(8);
  const { total, campaigns: shown, byStatus } = await portfolio(storage.tables);
  const { cost, value } = sum(days);
  expect(total.roi).toBeCloseTo((value - cost) / cost, 9);
  const width = (of: { roiLow: number | null; roiHigh: number | null }) =>
    (of.roiHigh ?? Infinity) - (of.roiLow ?? -Infinity);
  for (const each of shown) expect(width(total)).toBeLessThan(width(each));
  expect(Object.fromEntries(byStatus.map(({ status, count }) => [status, count]))).toEqual({
    running: 6,
    finished: 2,
  });
});

test('a person decides, as far as it makes sense', async () => {
  const { tables } = storage;
  await tables.open(campaigns).insert({
    id: 'new',
    name: 'New',
    objective: 'leads',
    channels: ['email'],
    budget: 100,
  });
  const say = (decision: Parameters<typeof decideCampaign>[2]['decision'], id = 'new') =>
    decideCampaign(tables, id, { decision, by: 'ann', now: NOW });
  expect(await say('approve')).toMatchObject({ approvedBy: 'ann', approvedAt: NOW });
  await expect(say('pause')).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
  expect(await say('drop')).toMatchObject({ status: 'dropped', statusReason: 'drop by ann' });
  await expect(say('drop', 'none')).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  expect(await say('pause', 'seed-campaign-1')).toMatchObject({ status: 'paused' });
  expect(await say('resume', 'seed-campaign-1')).toMatchObject({ status: 'running' });
  expect(await say('finish', 'seed-campaign-1')).toMatchObject({ status: 'finished', endsAt: NOW });
});
