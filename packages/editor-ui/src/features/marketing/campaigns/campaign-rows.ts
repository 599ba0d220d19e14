import type { Campaign } from '../api/campaign.ts';
import type { IntervalRow } from '../parts/interval-scale.ts';

/** Campaigns that returned something yet, each with its prediction where there was one. */
export const returnRows = (
  campaigns: readonly Campaign[],
  noteOf: (campaign: Campaign) => string,
): IntervalRow[] =>
  campaigns.flatMap((campaign) => {
    const { id, name, roi, roiLow, roiHigh, predictedRoi } = campaign;
    if (roi === null) return [];
    const other =
      predictedRoi === null
        ? undefined
        : { value: predictedRoi, low: campaign.predictedLow, high: campaign.predictedHigh };
    const row = { key: id, label: name, note: noteOf(campaign) };
    return [{ ...row, value: roi, low: roiLow, high: roiHigh, other }];
  });

/** Campaigns that are only designed: what they are expected to return. */
export const predictionRows = (
  campaigns: readonly Campaign[],
  noteOf: (campaign: Campaign) => string,
): IntervalRow[] =>
  campaigns
    .filter(({ status }) => status === 'designed')
    .map((campaign) => ({
      key: campaign.id,
      label: campaign.name,
      note: noteOf(campaign),
      value: campaign.predictedRoi,
      low: campaign.predictedLow,
      high: campaign.predictedHigh,
    }));

/** One dot a campaign that has both: what was predicted across, what came up. */
export const predictedAgainstActual = (campaigns: readonly Campaign[]) =>
  campaigns.flatMap(({ name, predictedRoi, roi, spend }) =>
    predictedRoi === null || roi === null
      ? []
      : [{ name, x: predictedRoi, y: roi, size: spend ?? 0 }],
  );

/** What all running campaigns are to spend a day from now on, by channel, the most first. */
export function budgetsByChannel(campaigns: readonly Campaign[]) {
  const sums = new Map<string, number>();
  for (const { status, dailyBudgets } of campaigns) {
    if (status !== 'running') continue;
    for (const [channel, money] of Object.entries(dailyBudgets ?? {}))
      sums.set(channel, (sums.get(channel) ?? 0) + money);
  }
  return [...sums]
    .map(([channel, money]) => ({ channel, money }))
    .toSorted((a, b) => b.money - a.money);
}
