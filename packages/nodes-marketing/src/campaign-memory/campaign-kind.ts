import type { CampaignMemoryRow } from '../tables/campaigns.ts';

/**
 * What makes a campaign's kind. The month is no level: with twelve times
 * as many kinds most would have been seen once. It is looked at as a pattern.
 */
export const KIND_LEVELS = ['objective', 'industry', 'channels', 'budgetBand', 'tone'] as const;

export type CampaignTraits = Pick<
  CampaignMemoryRow,
  'objective' | 'industry' | 'channels' | 'budgetBand' | 'tone'
>;

/** The path of a campaign's kind; a trait nobody named is empty. */
export const kindOf = (traits: CampaignTraits): readonly string[] =>
  KIND_LEVELS.map((level) => traits[level] ?? '');

/** The traits a path stands for. */
export function traitsOf(path: readonly string[]): CampaignTraits {
  const [objective = '', industry = '', channels = '', band = '', tone = ''] = path;
  return {
    objective,
    industry,
    channels,
    budgetBand: band === 'small' || band === 'large' ? band : 'medium',
    tone: tone === '' ? null : tone,
  };
}

/** Channels as one word: sorted, so that the same mix is always the same. */
export const mixOf = (channels: readonly string[]): string =>
  [...new Set(channels)].toSorted().join('+');

/** The channels of a mix. */
export const channelsOf = (mix: string): string[] => mix.split('+').filter(Boolean);

const MEDIUM_FROM = 5_000;
const LARGE_FROM = 25_000;

/** How big a campaign of this budget is. */
export function bandOf(budget: number): CampaignMemoryRow['budgetBand'] {
  if (budget < MEDIUM_FROM) return 'small';
  return budget < LARGE_FROM ? 'medium' : 'large';
}
