import type { CampaignModel } from '../stats/campaigns/memory.ts';
import { traitsOf } from '../campaign-memory/campaign-kind.ts';

/** How campaigns of one mix of channels returned, against what was predicted of them: 1 is as predicted. */
interface Correction {
  readonly mean: number;
  readonly sd: number;
}

const LEAST = 0.05;

/**
 * The model as own campaigns correct it: memories may come from elsewhere or from long ago, and what
 * campaigns of a channel mix brought here moves the belief in all campaigns of that mix.
 *
 * @param correctionOf - By channel mix; `undefined` for one that was never tried.
 */
export const correctModel = (
  model: CampaignModel,
  correctionOf: (mix: string) => Correction | undefined,
): CampaignModel => ({
  ...model,
  belief(path) {
    const belief = model.belief(path);
    const correction = correctionOf(traitsOf(path).channels);
    if (!correction) return belief;
    const factor = Math.max(LEAST, correction.mean);
    return {
      ...belief,
      mean: belief.mean + Math.log(factor),
      sd: Math.hypot(belief.sd, correction.sd / factor),
    };
  },
});
