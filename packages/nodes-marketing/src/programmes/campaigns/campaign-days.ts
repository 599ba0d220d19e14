import type { Tables } from '@millrace/workflow/node-api';
import { measureReturn, type ChannelDay } from '../../campaign-monitor/campaign-return.ts';
import { findAnomalies } from '../../campaign-monitor/anomalies.ts';
import { campaignDays, campaigns } from '../../tables/campaigns.ts';

const COLUMNS = [
  'campaignId',
  'channel',
  'day',
  'spend',
  'clicks',
  'conversions',
  'revenue',
] as const;
const DAY_MS = 86_400_000;
/** Response curves forget what is older: channels change. */
const CURVE_DAYS = 365;

/** The days of campaigns, by campaign; of all that were in the last year when none are named. */
export async function daysOf(
  tables: Tables,
  which: { readonly ids: readonly string[] } | { readonly now: number },
): Promise<ReadonlyMap<string, readonly ChannelDay[]>> {
  const where =
    'ids' in which
      ? { campaignId: { in: which.ids } }
      : { day: { gte: new Date(which.now - CURVE_DAYS * DAY_MS).toISOString().slice(0, 10) } };
  const found = new Map<string, ChannelDay[]>();
  if ('ids' in which && which.ids.length === 0) return found;
  for await (const page of tables.open(campaignDays).pages({ where, columns: COLUMNS, size: 5000 }))
    for (const { campaignId, ...day } of page) {
      const own = found.get(campaignId);
      if (own) own.push(day);
      else found.set(campaignId, [day]);
    }
  return found;
}

/** What the days of a campaign say, in the columns of its row. */
export function measured(days: readonly ChannelDay[], now: number) {
  const { spend, revenue, roi, interval } = measureReturn(days);
  return {
    spend,
    revenue,
    roi: roi ?? null,
    roiLow: interval?.low ?? null,
    roiHigh: interval?.high ?? null,
    alerts: findAnomalies(days).map(
      ({ metric, direction, day, z }) =>
        `${metric} unusually ${direction} since ${day} (${Math.abs(z).toFixed(1)} deviations)`,
    ),
    measuredAt: now,
  };
}

/** Measures every campaign that runs, or that ended since it was last measured. Gives how many. */
export async function measureCampaigns(tables: Tables, now: number): Promise<number> {
  const store = tables.open(campaigns);
  const due = await store.find({
    where: {
      or: [{ status: { in: ['running', 'paused'] } }, { status: 'finished', measuredAt: null }],
    },
    columns: ['id'],
  });
  const days = await daysOf(tables, { ids: due.map(({ id }) => id) });
  for (const [id, own] of days) await store.update({ id }, measured(own, now));
  return days.size;
}
