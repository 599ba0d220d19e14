import type { NewRow } from '@millrace/workflow/node-api';
import { createRandom } from '../stats/math/random.ts';
import type { campaignDays, campaignMemories, campaigns } from '../tables/campaigns.ts';
import { pick } from './pick.ts';
import { AUDIENCES, BANDS, CHANNEL_MIXES, INDUSTRIES, OBJECTIVES, TONES } from './vocabulary.ts';

const BUDGETS = { small: 2_000, medium: 10_000, large: 50_000 } as const;
const DAY_MS = 86_400_000;

/** Effects on ln(1 + ROI) that are planted: what the memories have to give back. */
export const PLANTED_EFFECTS = {
  objective: { leads: 0.35, sales: 0.2, awareness: -0.35, retention: 0.5 },
  channels: {
    email: 0.4,
    search: 0.15,
    social: -0.2,
    'email+search': 0.45,
    'search+social': 0,
    'email+search+social': 0.25,
  },
  budgetBand: { small: 0.1, medium: 0, large: -0.25 },
  tone: { plain: 0, warm: 0.3, bold: -0.1 },
} as const;
export const PLANTED_BASE = 0.5;
export const PLANTED_NOISE = 0.6;

/** Finished campaigns whose returns follow {@link PLANTED_EFFECTS} under noise. */
export function* seedMemories(
  count: number,
  seed: number,
  now: number,
): Generator<NewRow<typeof campaignMemories>> {
  const random = createRandom(seed);
  for (let n = 0; n < count; n += 1) {
    const objective = pick(random, OBJECTIVES);
    const channels = pick(random, CHANNEL_MIXES);
    const budgetBand = pick(random, BANDS);
    const tone = pick(random, TONES);
    const endedAt = now - random.below(900) * DAY_MS;
    const y =
      PLANTED_BASE +
      PLANTED_EFFECTS.objective[objective] +
      PLANTED_EFFECTS.channels[channels] +
      PLANTED_EFFECTS.budgetBand[budgetBand] +
      PLANTED_EFFECTS.tone[tone] +
      PLANTED_NOISE * random.normal();
    yield {
      name: `Campaign ${n + 1}`,
      objective,
      industry: pick(random, INDUSTRIES),
      channels,
      budget: Math.round(BUDGETS[budgetBand] * (0.5 + random.next())),
      budgetBand,
      month: new Date(endedAt).getUTCMonth() + 1,
      audience: pick(random, AUDIENCES),
      tone,
      roi: Math.round(1000 * (Math.exp(y) - 1)) / 1000,
      source: 'seed',
      endedAt,
    };
  }
}

/** Result per unit of money^.7 of each channel of the running campaigns. */
const CHANNEL_YIELD = { email: 9, search: 6, social: 3 } as const;
const CHANNELS = ['email', 'search', 'social'] as const;

export interface SeedCampaign {
  readonly campaign: NewRow<typeof campaigns> & { readonly id: string };
  readonly days: readonly NewRow<typeof campaignDays>[];
}

/** Running campaigns with daily spend and revenue on each channel. */
export function* seedCampaigns(
  count: number,
  daysEach: number,
  seed: number,
  now: number,
): Generator<SeedCampaign> {
  const random = createRandom(seed);
  for (let n = 0; n < count; n += 1) {
    const id = `seed-campaign-${n}`;
    const days = Array.from({ length: daysEach }, (_, index) => {
      const channel = CHANNELS[index % CHANNELS.length] ?? 'email';
      const at = now - (1 + Math.floor(index / CHANNELS.length)) * DAY_MS;
      const spend = Math.round(50 + 450 * random.next());
      const revenue = CHANNEL_YIELD[channel] * spend ** 0.7 * Math.exp(0.2 * random.normal());
      const clicks = Math.round(spend * (1 + random.next()));
      return {
        campaignId: id,
        channel,
        day: new Date(at).toISOString().slice(0, 10),
        spend,
        impressions: clicks * 40,
        clicks,
        conversions: Math.round(clicks * 0.03),
        revenue: Math.round(revenue * 100) / 100,
      };
    });
    yield {
      campaign: {
        id,
        name: `Season ${n + 1}`,
        objective: pick(random, OBJECTIVES),
        industry: 'retail',
        channels: CHANNELS,
        budget: 20_000,
        status: n % 4 === 0 ? 'finished' : 'running',
        startsAt: now - 40 * DAY_MS,
      },
      days,
    };
  }
}
