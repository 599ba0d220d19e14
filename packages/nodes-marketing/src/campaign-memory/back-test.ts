import type { CampaignMemory } from '../stats/campaigns/memory.ts';
import { predict } from '../stats/campaigns/recommend.ts';
import { createRandom } from '../stats/math/random.ts';
import { learnKinds } from './learn-kinds.ts';
import { rankCorrelation } from './rank-correlation.ts';

/** How well memories foretell campaigns they were not learned from. */
export interface BackTest {
  /** Memories that were held back. */
  readonly held: number;
  /** Share of them that returned within the interval predicted for four of five. */
  readonly coverage: number;
  /** Spearman's correlation of predicted and actual returns. */
  readonly rankCorrelation: number | undefined;
}

const HELD_SHARE = 0.2;
const LEAST_HELD = 10;

/**
 * Learns from four fifths of the memories and predicts the rest. Held back are the latest, as it
 * would be in life; a drawn fifth where not every memory has a date.
 *
 * @returns undefined with too few memories to say anything.
 */
export function backTest(
  memories: readonly (CampaignMemory & { readonly endedAt: number | null })[],
  seed: number,
): BackTest | undefined {
  const dated = memories.every(({ endedAt }) => endedAt !== null);
  const ordered = dated
    ? memories.toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    : createRandom(seed).shuffle(memories);
  const first = ordered.length - Math.floor(ordered.length * HELD_SHARE);
  const held = ordered.slice(first);
  if (held.length < LEAST_HELD) return undefined;
  const model = learnKinds(ordered.slice(0, first));
  const predictions = held.map(({ path }) => predict(model, path));
  const within = held.filter(({ roi }, index) => {
    const interval = predictions[index]?.interval;
    return interval !== undefined && roi >= interval.low && roi <= interval.high;
  });
  return {
    held: held.length,
    coverage: within.length / held.length,
    rankCorrelation: rankCorrelation(
      predictions.map(({ predictedRoi }) => predictedRoi),
      held.map(({ roi }) => roi),
    ),
  };
}
