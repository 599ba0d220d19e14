import { twoSidedP } from '../math/distributions.ts';
import { falseDiscoveryRates } from '../math/multiple-testing.ts';
import { quantile } from '../math/describe.ts';

/** A campaign as a set of `name=value` attributes and what it returned. */
export interface DescribedCampaign {
  readonly attributes: Readonly<Record<string, string>>;
  readonly roi: number;
}

export interface Pattern {
  readonly attribute: string;
  readonly value: string;
  /** How many times the odds of this value are higher among the campaigns of the tier. */
  readonly oddsRatio: number;
  readonly z: number;
  /** False discovery rate over all patterns looked at. */
  readonly q: number;
  /** Campaigns with this value. */
  readonly support: number;
  /** Campaigns of the tier with this value. */
  readonly inTier: number;
}

export interface PatternOptions {
  readonly minSupport: number;
  readonly maxFalseDiscovery: number;
  /** Share of campaigns in each tier. */
  readonly tier: number;
}

const DEFAULTS: PatternOptions = { minSupport: 20, maxFalseDiscovery: 0.1, tier: 0.3 };
const PRIOR_WEIGHT = 10;

export interface Patterns {
  /** Over-represented among the best campaigns, strongest first. */
  readonly success: readonly Pattern[];
  /** Over-represented among the worst. */
  readonly failure: readonly Pattern[];
}

/**
 * What the best campaigns have in common, and what the worst: log-odds ratios with an informative
 * Dirichlet prior, so that rare values need more proof, kept where the false discovery rate allows.
 *
 * @see Monroe, Colaresi, Quinn: Fightin' words, 2008; marketing.md A24
 */
export function findPatterns(
  campaigns: readonly DescribedCampaign[],
  given: Partial<PatternOptions> = {},
): Patterns {
  const options = { ...DEFAULTS, ...given };
  const returns = campaigns.map(({ roi }) => roi);
  const best = quantile(returns, 1 - options.tier);
  const worst = quantile(returns, options.tier);
  return {
    success: overRepresented(campaigns, ({ roi }) => roi >= best, options),
    failure: overRepresented(campaigns, ({ roi }) => roi <= worst, options),
  };
}

function overRepresented(
  campaigns: readonly DescribedCampaign[],
  isInTier: (campaign: DescribedCampaign) => boolean,
  { minSupport, maxFalseDiscovery }: PatternOptions,
): Pattern[] {
  const tierSize = campaigns.filter(isInTier).length;
  const candidates = [...countValues(campaigns, isInTier).values()]
    .filter(({ support }) => support >= minSupport)
    .map((count) => ({ ...count, ...compare(count, tierSize, campaigns.length) }));
  const rates = falseDiscoveryRates(candidates.map(({ z }) => twoSidedP(z)));
  return candidates
    .map((candidate, index) => ({ ...candidate, q: rates[index] ?? 1 }))
    .filter(({ z, q }) => z > 0 && q <= maxFalseDiscovery)
    .toSorted((a, b) => b.z - a.z);
}

interface ValueCount {
  readonly attribute: string;
  readonly value: string;
  support: number;
  inTier: number;
}

function countValues(
  campaigns: readonly DescribedCampaign[],
  isInTier: (campaign: DescribedCampaign) => boolean,
): Map<string, ValueCount> {
  const counts = new Map<string, ValueCount>();
  for (const campaign of campaigns) {
    const inTier = isInTier(campaign) ? 1 : 0;
    for (const [attribute, value] of Object.entries(campaign.attributes)) {
      const key = JSON.stringify([attribute, value]);
      const count = counts.get(key) ?? { attribute, value, support: 0, inTier: 0 };
      count.support += 1;
      count.inTier += inTier;
      counts.set(key, count);
    }
  }
  return counts;
}

/**
 * Odds of the value in the tier against its odds in the rest. The variance counts those without the
 * value too, which Monroe's words, always rare, could leave out.
 */
function compare({ support, inTier }: ValueCount, tierSize: number, all: number) {
  const prior = (PRIOR_WEIGHT * support) / all;
  const [own, rest] = [inTier + prior, support - inTier + prior];
  const ownWithout = tierSize + PRIOR_WEIGHT - own;
  const restWithout = all - tierSize + PRIOR_WEIGHT - rest;
  const oddsRatio = own / ownWithout / (rest / restWithout);
  const error = Math.sqrt(1 / own + 1 / ownWithout + 1 / rest + 1 / restWithout);
  return { oddsRatio, z: Math.log(oddsRatio) / error };
}
