import type { Tables } from '@millrace/workflow/node-api';
import { consolidateRoi } from '../../stats/campaigns/roi.ts';
import { campaignDays, campaigns } from '../../tables/campaigns.ts';

const SHOWN = [
  'id',
  'name',
  'objective',
  'industry',
  'channels',
  'status',
  'statusReason',
  'budget',
  'dailyBudgets',
  'predictedRoi',
  'predictedLow',
  'predictedHigh',
  'spend',
  'revenue',
  'roi',
  'roiLow',
  'roiHigh',
  'alerts',
  'approvedAt',
  'startsAt',
  'endsAt',
  'measuredAt',
] as const;

/** Columns of a campaign in the portfolio. */
export const PORTFOLIO_COLUMNS: readonly string[] = SHOWN;

/** All campaigns that count, as last measured, the greatest spend first, and what they are together. */
export async function portfolio(tables: Tables, limit = 200) {
  const store = tables.open(campaigns);
  const where = { status: { not: 'dropped' as const } };
  const [shown, money, byStatus] = await Promise.all([
    store.find({ where, columns: SHOWN, orderBy: { spend: 'desc', id: 'asc' }, limit }),
    store.find({
      where: { ...where, spend: { gt: 0 } },
      columns: ['spend', 'revenue', 'roiLow', 'roiHigh'],
    }),
    store.groupBy({
      by: ['status'],
      figures: { count: 'count', budget: { sum: 'budget' } },
      where,
    }),
  ]);
  return { campaigns: shown, byStatus, total: together(money) };
}

interface Money {
  readonly spend: number | null;
  readonly revenue: number | null;
  readonly roiLow: number | null;
  readonly roiHigh: number | null;
}

/** Return of the sums; the doubts of single campaigns are independent, so their squares add up. */
function together(rows: readonly Money[]) {
  const { cost, value, roi } = consolidateRoi(
    rows.map(({ spend, revenue }) => ({ cost: spend ?? 0, value: revenue ?? 0 })),
  );
  let squares = 0;
  let known = 0;
  for (const { spend, roiLow, roiHigh } of rows)
    if (spend !== null && roiLow !== null && roiHigh !== null) {
      squares += (((roiHigh - roiLow) / 2) * spend) ** 2;
      known += 1;
    }
  const half = known > 0 && known === rows.length && cost > 0 ? Math.sqrt(squares) / cost : null;
  return {
    spend: cost,
    revenue: value,
    roi: roi ?? null,
    roiLow: roi === undefined || half === null ? null : roi - half,
    roiHigh: roi === undefined || half === null ? null : roi + half,
  };
}

/** Return of everything spent: of the sums, by channel and by campaign, from the days themselves. */
export async function consolidatedRoi(tables: Tables, since?: string) {
  const store = tables.open(campaignDays);
  const figures = { cost: { sum: 'spend' }, value: { sum: 'revenue' } } as const;
  const where = since === undefined ? {} : { day: { gte: since } };
  const [byChannel, byCampaign] = await Promise.all([
    store.groupBy({ by: ['channel'], figures, where }),
    store.groupBy({ by: ['campaignId'], figures, where }),
  ]);
  const channels = byChannel.map((row) => ({ channel: row.channel, ...roiOf(row) }));
  return {
    ...roiOf({
      cost: channels.reduce((sum, { cost }) => sum + cost, 0),
      value: channels.reduce((sum, { value }) => sum + value, 0),
    }),
    byChannel: channels.toSorted((a, b) => b.cost - a.cost),
    byCampaign: byCampaign
      .map((row) => ({ campaignId: row.campaignId, ...roiOf(row) }))
      .toSorted((a, b) => b.cost - a.cost),
  };
}

function roiOf({ cost, value }: { readonly cost: number | null; readonly value: number | null }) {
  const flow = consolidateRoi([{ cost: cost ?? 0, value: value ?? 0 }]);
  return { ...flow, roi: flow.roi ?? null };
}
