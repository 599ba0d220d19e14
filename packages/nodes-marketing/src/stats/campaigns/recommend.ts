import { createRandom } from '../math/random.ts';

import { normalCdf, normalQuantile } from '../math/distributions.ts';
import { returnOf, type CampaignMemory, type CampaignModel } from './memory.ts';

export interface Recommendation {
  readonly path: readonly string[];
  /** Middle of the predicted ROI of one campaign of this kind. */
  readonly predictedRoi: number;
  /** 80 % of such campaigns are predicted to return within this. */
  readonly interval: { readonly low: number; readonly high: number };
  /** Probability that it pays back more than it costs. */
  readonly chanceOfGain: number;
  /** Campaigns of exactly this kind that were seen. */
  readonly seen: number;
  /** Share of draws in which this kind was the best one. */
  readonly chanceOfBest: number;
  /** Ids of the most similar past campaigns. */
  readonly evidence: readonly string[];
}

export interface RecommendOptions {
  readonly count: number;
  readonly seed: number;
  /** Which kinds may be proposed; all when absent. */
  isAllowed?(path: readonly string[]): boolean;
}

const DRAWS = 2000;
const NEIGHBOURS = 10;

/**
 * Kinds of campaign worth running next, by Thompson sampling over what the memories say: good ones
 * come first, and ones that might be better than known get their turn.
 *
 * @see Thompson 1933; marketing.md A24
 */
export function recommendCampaigns(
  model: CampaignModel,
  memories: readonly CampaignMemory[],
  { count, seed, isAllowed = () => true }: RecommendOptions,
): Recommendation[] {
  const random = createRandom(seed);
  const options = model.segments
    .filter(isAllowed)
    .map((path) => ({ path, belief: model.belief(path) }));
  const wins = options.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const values = options.map(({ belief }) => belief.mean + belief.sd * random.normal());
    const best = values.indexOf(Math.max(...values));
    if (best >= 0) wins[best] = (wins[best] ?? 0) + 1;
  }
  return options
    .map(({ path }, index) => ({
      ...predict(model, path),
      path,
      chanceOfBest: (wins[index] ?? 0) / DRAWS,
    }))
    .toSorted((a, b) => b.chanceOfBest - a.chanceOfBest || b.predictedRoi - a.predictedRoi)
    .slice(0, count)
    .map((found) => ({ ...found, evidence: nearest(found.path, memories) }));
}

/** What one campaign of this kind is predicted to return, with everything not known counted in. */
export function predict(model: CampaignModel, path: readonly string[]) {
  const { mean, sd, count } = model.belief(path);
  const spread = Math.hypot(sd, model.sigma);
  const at = (p: number) => returnOf(mean + spread * normalQuantile(p));
  return {
    predictedRoi: returnOf(mean),
    interval: { low: at(0.1), high: at(0.9) },
    chanceOfGain: 1 - normalCdf(-mean / spread),
    seen: count,
  };
}

export interface KpiTargets {
  /** ROI reached or passed by half of such campaigns. */
  readonly commit: number;
  /** ROI passed by one in five. */
  readonly stretch: number;
  /** Probability of passing the wanted ROI. */
  readonly chanceOfWanted: number;
  readonly isFeasible: boolean;
}

/**
 * Targets one can answer for.
 *
 * @param wantedRoi - Flagged as not feasible when fewer than one campaign in five passes it.
 * @see marketing.md A25
 */
export function kpiTargets(
  model: CampaignModel,
  path: readonly string[],
  wantedRoi = 3,
): KpiTargets {
  const { mean, sd } = model.belief(path);
  const spread = Math.hypot(sd, model.sigma);
  const chanceOfWanted = 1 - normalCdf((Math.log(1 + wantedRoi) - mean) / spread);
  return {
    commit: returnOf(mean),
    stretch: returnOf(mean + spread * normalQuantile(0.8)),
    chanceOfWanted,
    isFeasible: chanceOfWanted >= 0.2,
  };
}

/** Ids of the memories that share most of the path (Gower's distance on names), the earlier first. */
function nearest(path: readonly string[], memories: readonly CampaignMemory[]): string[] {
  return memories
    .map(({ id, path: other }, index) => ({
      id,
      index,
      shared: path.filter((value, level) => other[level] === value).length,
    }))
    .toSorted((a, b) => b.shared - a.shared || a.index - b.index)
    .slice(0, NEIGHBOURS)
    .map(({ id }) => id);
}
