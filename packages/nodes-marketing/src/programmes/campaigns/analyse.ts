import type { Tables } from '@millrace/workflow/node-api';
import { loadMemories } from '../../campaign-memory/memory-rows.ts';
import { learnKinds } from '../../campaign-memory/learn-kinds.ts';
import { findPatterns, type Pattern } from '../../stats/campaigns/patterns.ts';
import { consolidateRoi } from '../../stats/campaigns/roi.ts';
import { campaigns } from '../../tables/campaigns.ts';
import { learnings } from '../../tables/programmes.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { measureCampaigns } from './campaign-days.ts';

const PATTERN_METRIC = 'logOdds';

/** Learns what kinds of campaigns return, keeps the patterns found, and measures what runs. */
export async function analyse({ tables, signal, now }: ProgrammeContext): Promise<Figures> {
  const memories = await loadMemories(tables);
  const model = learnKinds(memories);
  const { success, failure } = findPatterns(memories);
  signal.throwIfAborted();
  await storePatterns(tables, { success, failure });
  const count = await measureCampaigns(tables, now());
  const { roi } = await portfolioMoney(tables);
  return {
    memories: memories.length,
    kinds: model.segments.length,
    successPatterns: success.length,
    failurePatterns: failure.length,
    campaignsMeasured: count,
    ...(roi !== undefined && { portfolioRoi: roi }),
  };
}

/** Money of all campaigns together, as last measured. */
export async function portfolioMoney(tables: Tables) {
  const [sums] = await tables.open(campaigns).groupBy({
    by: [],
    figures: { cost: { sum: 'spend' }, value: { sum: 'revenue' } },
  });
  return consolidateRoi([{ cost: sums?.cost ?? 0, value: sums?.value ?? 0 }]);
}

/** Replaces the patterns known so far: each is a learning of its own, with its doubt. */
async function storePatterns(
  tables: Tables,
  found: { readonly success: readonly Pattern[]; readonly failure: readonly Pattern[] },
): Promise<void> {
  const rows = [
    ...found.success.map((pattern) => patternRow('success', pattern)),
    ...found.failure.map((pattern) => patternRow('failure', pattern)),
  ];
  await tables.transaction(async (inside) => {
    const store = inside.open(learnings);
    await store.remove({ programme: 'campaigns', metric: PATTERN_METRIC });
    await store.insertMany(rows);
  });
}

const patternRow = (tier: 'success' | 'failure', pattern: Pattern) => ({
  programme: 'campaigns' as const,
  subject: `${tier}:${pattern.attribute}=${pattern.value}`,
  metric: PATTERN_METRIC,
  mean: Math.log(pattern.oddsRatio),
  sd: Math.abs(Math.log(pattern.oddsRatio) / pattern.z),
  count: pattern.support,
});
