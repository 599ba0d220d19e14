import { expect, test } from 'vitest';
import type { Campaign } from '../api/campaign.ts';
import { budgetsByChannel, predictedAgainstActual, returnRows } from './campaign-rows.ts';

const campaign: Campaign = {
  id: 'c',
  name: 'Season',
  objective: 'sales',
  channels: ['email'],
  status: 'running',
  statusReason: null,
  budget: 100,
  dailyBudgets: { email: 3, search: 1 },
  predictedRoi: null,
  predictedLow: null,
  predictedHigh: null,
  spend: 10,
  revenue: 12,
  roi: 0.2,
  roiLow: 0.1,
  roiHigh: 0.3,
  alerts: null,
  approvedAt: null,
  startsAt: null,
  endsAt: null,
};

test('a campaign without a return yet is not shown as one that returned nothing', () => {
  const rows = returnRows([campaign, { ...campaign, roi: null }], () => '');
  expect(rows).toMatchObject([{ value: 0.2, low: 0.1, high: 0.3, other: undefined }]);
});

test('only what was predicted and measured is compared', () => {
  const both = { ...campaign, predictedRoi: 0.5 };
  expect(predictedAgainstActual([campaign, both, { ...both, roi: null }])).toEqual([
    { name: 'Season', x: 0.5, y: 0.2, size: 10 },
  ]);
});

test('budgets are those of running campaigns, the greatest channel first', () => {
  const paused: Campaign = { ...campaign, status: 'paused' };
  expect(budgetsByChannel([campaign, campaign, paused])).toEqual([
    { channel: 'email', money: 6 },
    { channel: 'search', money: 2 },
  ]);
});
