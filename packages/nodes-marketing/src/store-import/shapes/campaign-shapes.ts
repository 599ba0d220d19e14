import type { NewRow, Tables } from '@millrace/workflow/node-api';
import { campaignDays, campaignMemories, campaigns } from '../../tables/campaigns.ts';
import { importShape, type ImportShape } from '../import-shape.ts';

const CAMPAIGN = [
  'campaign',
  'campaign name',
  'session campaign',
  'session campaign name',
  'session google ads campaign',
  'name',
];
const CHANNEL = [
  'channel',
  'session default channel group',
  'session primary channel group (default channel group)',
  'default channel group',
  'session source / medium',
  'platform',
];
const SPEND = [
  'spend',
  'cost',
  'ads cost',
  'google ads cost',
  'amount spent',
  'amount spent (usd)',
];
const REVENUE = ['revenue', 'total revenue', 'purchase revenue', 'conversion value', 'conv. value'];
const CONVERSIONS = ['conversions', 'key events', 'results', 'purchases', 'transactions'];

interface CampaignDay {
  readonly campaign: string;
  readonly channel: string;
  readonly day: string;
  readonly figures: DayFigures;
}

interface DayFigures {
  readonly spend: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly revenue: number;
}

/**
 * Days of campaigns: Google Analytics, Google Ads, Meta Ads. Rows of one campaign, channel and day are
 * added up, as exports split them by advertisement or device; a day that is there is replaced.
 */
export const campaignDayShape: ImportShape = importShape<CampaignDay>({
  source: 'campaign-days',
  target: 'campaignDays',
  needs: [CAMPAIGN, ['day', 'date', 'reporting starts'], [...SPEND, ...REVENUE, ...CONVERSIONS]],
  read({ text, day, number }) {
    const [campaign, channel] = [text(...CAMPAIGN), text(...CHANNEL)];
    const at = day('day', 'date', 'reporting starts');
    const figures = {
      spend: number(...SPEND),
      impressions: number('impressions', 'views'),
      clicks: number('clicks', 'sessions', 'link clicks', 'google ads clicks'),
      conversions: number(...CONVERSIONS),
      revenue: number(...REVENUE),
    };
    // Rows of a day may lie anywhere in the file: sums are kept over all of it.
    const sums = new Map<string, DayFigures>();
    return (cells) => {
      const [name, seen] = [campaign(cells), at(cells)];
      if (!name || name === '(not set)') return { problem: 'No campaign' };
      if (!seen) return { problem: 'No date that can be told: write it as 2026-11-21' };
      const key = JSON.stringify([name, channel(cells), seen]);
      const before = sums.get(key);
      const sum = (of: keyof DayFigures) => (before?.[of] ?? 0) + (figures[of](cells) ?? 0);
      const own = {
        spend: sum('spend'),
        impressions: sum('impressions'),
        clicks: sum('clicks'),
        conversions: sum('conversions'),
        revenue: sum('revenue'),
      };
      sums.set(key, own);
      return { campaign: name, channel: channel(cells) ?? 'unknown', day: seen, figures: own };
    };
  },
  write: writeDays,
});

async function writeDays(tables: Tables, days: readonly CampaignDay[]): Promise<number> {
  const ids = await campaignIds(tables, [...new Set(days.map(({ campaign }) => campaign))]);
  const rows = days.flatMap(({ campaign, channel, day, figures }) => {
    const campaignId = ids.get(campaign);
    if (campaignId === undefined) return [];
    const whole = {
      impressions: Math.round(figures.impressions),
      clicks: Math.round(figures.clicks),
    };
    return { campaignId, channel, day, ...figures, ...whole };
  });
  return tables.open(campaignDays).upsertMany(rows, { by: ['campaignId', 'channel', 'day'] });
}

/** By name; campaigns nobody told of are added as running. */
async function campaignIds(
  tables: Tables,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const store = tables.open(campaigns);
  const known = await store.find({ where: { name: { in: names } }, columns: ['id', 'name'] });
  const ids = new Map(known.map(({ id, name }) => [name, id]));
  for (const name of names.filter((each) => !ids.has(each))) {
    const row = { name, objective: 'unknown', channels: [], budget: 0, status: 'running' as const };
    ids.set(name, (await store.insert(row)).id);
  }
  return ids;
}

/** How past campaigns went, each one row with what it returned. */
export const memoryShape: ImportShape = importShape<NewRow<typeof campaignMemories>>({
  source: 'campaign-memories',
  target: 'campaignMemories',
  needs: [CAMPAIGN, ['objective', 'goal'], ['roi', ...REVENUE]],
  read({ text, number, time }) {
    const [name, objective] = [text(...CAMPAIGN), text('objective', 'goal')];
    const [industry, channels] = [text('industry'), text('channels', 'channel')];
    const [audience, tone] = [text('audience'), text('tone')];
    const [budget, roi] = [number('budget', ...SPEND), number('roi')];
    const [revenue, ended] = [number(...REVENUE), time('ended', 'endedat', 'end date', 'ends')];
    const [month, source] = [number('month'), text('source')];
    return (cells) => {
      const [called, spent, end] = [name(cells), budget(cells), ended(cells)];
      const goal = objective(cells);
      if (!called || !goal) return { problem: 'No name or no objective' };
      if (spent === undefined || spent <= 0) return { problem: 'No budget above 0' };
      const gained = revenue(cells);
      const back = roi(cells) ?? (gained === undefined ? undefined : (gained - spent) / spent);
      if (back === undefined) return { problem: 'Neither ROI nor revenue' };
      return {
        name: called,
        objective: goal.toLowerCase(),
        industry: (industry(cells) ?? 'unknown').toLowerCase(),
        channels: sortedChannels(channels(cells) ?? 'unknown'),
        budget: spent,
        budgetBand: bandOf(spent),
        month: month(cells) ?? (end === undefined ? 1 : new Date(end).getUTCMonth() + 1),
        audience: audience(cells) ?? null,
        tone: tone(cells) ?? null,
        roi: back,
        source: source(cells) ?? 'import',
        endedAt: end ?? null,
      };
    };
  },
  write: (tables, rows) =>
    tables.open(campaignMemories).upsertMany(rows, { by: ['name', 'source'] }),
});

const sortedChannels = (text: string): string =>
  text
    .split(/[+,;|]/)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
    .toSorted()
    .join('+');

const SMALL_BELOW = 5000;
const LARGE_FROM = 25_000;
const bandOf = (budget: number) =>
  budget < SMALL_BELOW ? 'small' : budget < LARGE_FROM ? 'medium' : 'large';
