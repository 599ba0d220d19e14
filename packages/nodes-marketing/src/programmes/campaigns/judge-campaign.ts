import { channelCurves, type ChannelCurves } from '../../budget-optimizer/channel-curves.ts';
import { moveBudgets, type DailyBudgets } from '../../budget-optimizer/move-budgets.ts';
import type { ChannelDay } from '../../campaign-monitor/campaign-return.ts';
import type { CampaignRow } from '../../tables/campaigns.ts';
import { measured } from './campaign-days.ts';
import type { CampaignSettings } from './campaign-settings.ts';

/** What is to be written of a running campaign. */
export type CampaignChange = Partial<CampaignRow> & { readonly status: CampaignRow['status'] };

interface Given {
  readonly days: readonly ChannelDay[];
  /** Of all campaigns; a channel's own days count where there are enough. */
  readonly curves: ChannelCurves;
  readonly settings: Pick<CampaignSettings, 'moveBudgets' | 'pauseLosers'>;
  readonly now: number;
}

const DAY_MS = 86_400_000;
const LEAST_DAYS_TO_PAUSE = 7;
const LEAST_SHARE_TO_PAUSE = 0.1;
const OWN_CURVE_DAYS = 10;
const USUAL_DAYS = 7;

/**
 * What becomes of a running campaign today: it ends when its time or its money is over, pauses when
 * it surely loses money, else its budgets move. Pure; doing it again on the same day changes nothing.
 */
export function judgeCampaign(campaign: CampaignRow, given: Given): CampaignChange {
  const { days, settings, now } = given;
  const figures = measured(days, now);
  if (campaign.endsAt !== null && campaign.endsAt <= now)
    return { ...figures, status: 'finished', statusReason: 'its time is over' };
  if (campaign.budget > 0 && figures.spend >= campaign.budget)
    return { ...figures, status: 'finished', statusReason: 'its budget is spent' };
  if (settings.pauseLosers && surelyLoses(campaign, days, figures))
    return {
      ...figures,
      status: 'paused',
      statusReason: `it loses money: return ${percent(figures.roiLow)} to ${percent(figures.roiHigh)}`,
    };
  const today = new Date(now).toISOString().slice(0, 10);
  if (!settings.moveBudgets || campaign.budgetsMovedOn === today)
    return { ...figures, status: 'running' };
  const dailyBudgets = budgetsFor(campaign, given, figures.spend);
  return {
    ...figures,
    status: 'running',
    ...(dailyBudgets && { dailyBudgets, budgetsMovedOn: today }),
  };
}

/** Even the good end of what its days allow is a loss, and it had its chance. */
function surelyLoses(
  { budget }: CampaignRow,
  days: readonly ChannelDay[],
  { spend, roiHigh }: { readonly spend: number; readonly roiHigh: number | null },
): boolean {
  const seen = new Set(days.map(({ day }) => day)).size;
  return (
    roiHigh !== null &&
    roiHigh < 0 &&
    seen >= LEAST_DAYS_TO_PAUSE &&
    spend >= LEAST_SHARE_TO_PAUSE * budget
  );
}

function budgetsFor(
  campaign: CampaignRow,
  { days, curves, now }: Given,
  spent: number,
): DailyBudgets | undefined {
  const previous = campaign.dailyBudgets ?? usualSpend(days);
  const channels = Object.keys(previous);
  if (channels.length === 0) return undefined;
  const own = channelCurves(days);
  const enough = new Set(
    own.known.filter(({ periods }) => periods >= OWN_CURVE_DAYS).map(({ channel }) => channel),
  );
  return moveBudgets(
    channels.map((channel) => (enough.has(channel) ? own : curves).of(channel)),
    previous,
    {
      budget: campaign.budget,
      spent,
      daysLeft: campaign.endsAt === null ? undefined : Math.ceil((campaign.endsAt - now) / DAY_MS),
    },
  );
}

/** Mean spend of each channel over its last week. */
function usualSpend(days: readonly ChannelDay[]): DailyBudgets {
  return Object.fromEntries(
    [...Map.groupBy(days, ({ channel }) => channel)].map(([channel, own]) => {
      const last = own.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, USUAL_DAYS);
      return [channel, last.reduce((sum, { spend }) => sum + spend, 0) / last.length];
    }),
  );
}

const percent = (share: number | null): string =>
  share === null ? 'unknown' : `${(100 * share).toFixed(0)} %`;
