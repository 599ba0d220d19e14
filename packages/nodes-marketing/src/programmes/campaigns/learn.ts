import type { NewRow } from '@millrace/workflow/node-api';
import { backTest } from '../../campaign-memory/back-test.ts';
import { bandOf, mixOf, traitsOf } from '../../campaign-memory/campaign-kind.ts';
import { loadMemories } from '../../campaign-memory/memory-rows.ts';
import { measureReturn } from '../../campaign-monitor/campaign-return.ts';
import { campaignMemories, campaigns, type CampaignRow } from '../../tables/campaigns.ts';
import { plans } from '../../tables/programmes.ts';
import { recordLessons, type Lesson } from '../learnings.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { daysOf } from './campaign-days.ts';
import { METRIC, subjectOf } from './plan.ts';

const MOST = 3;

/**
 * Makes memories of finished campaigns, compares them with what was predicted, and tries the memories
 * on campaigns held back. Every step can be done again: keys keep it from counting twice.
 */
export async function learn({ tables, seed, now }: ProgrammeContext): Promise<Figures> {
  const finished = await tables
    .open(campaigns)
    .find({ where: { status: 'finished', learnedAt: null } });
  const days = await daysOf(tables, { ids: finished.map(({ id }) => id) });
  const ended = finished.flatMap((campaign) => {
    const { roi } = measureReturn(days.get(campaign.id) ?? []);
    return roi === undefined ? [] : [{ campaign, roi }];
  });
  await tables.open(campaignMemories).upsertMany(
    ended.map(({ campaign, roi }) => memoryRow(campaign, roi, now())),
    { by: ['name', 'source'] },
  );
  const lessons = await lessonsOf({ tables }, ended);
  const learned = await recordLessons(
    tables,
    { programme: 'campaigns', metric: METRIC, now: now() },
    lessons,
  );
  if (finished.length > 0)
    await tables
      .open(campaigns)
      .update({ id: { in: finished.map(({ id }) => id) } }, { learnedAt: now() });
  const predicted = ended.filter(({ campaign }) => campaign.predictedRoi !== null);
  const test = backTest(await loadMemories(tables), seed);
  return {
    remembered: ended.length,
    outcomes: lessons.length,
    learnings: learned.length,
    predicted: predicted.length,
    withinPrediction: predicted.filter(isWithin).length,
    ...(test && { backTestHeld: test.held, backTestCoverage: test.coverage }),
    ...(test?.rankCorrelation !== undefined && {
      backTestRankCorrelation: test.rankCorrelation,
    }),
  };
}

interface Ended {
  readonly campaign: CampaignRow;
  readonly roi: number;
}

const isWithin = ({ campaign: { predictedLow, predictedHigh }, roi }: Ended): boolean =>
  predictedLow !== null && predictedHigh !== null && roi >= predictedLow && roi <= predictedHigh;

function memoryRow(
  campaign: CampaignRow,
  roi: number,
  now: number,
): NewRow<typeof campaignMemories> {
  const endedAt = campaign.endsAt ?? campaign.measuredAt ?? now;
  return {
    name: campaign.name,
    objective: campaign.objective,
    industry: campaign.industry,
    channels: mixOf(campaign.channels),
    budget: campaign.budget,
    budgetBand: bandOf(campaign.budget),
    month: new Date(campaign.startsAt ?? endedAt).getUTCMonth() + 1,
    tone: campaign.kind ? traitsOf(campaign.kind).tone : null,
    roi,
    source: `campaign ${campaign.id}`,
    endedAt,
  };
}

/** Return over predicted return, as factors of the money spent: 1 as predicted, 3 at most. */
async function lessonsOf(
  { tables }: Pick<ProgrammeContext, 'tables'>,
  ended: readonly Ended[],
): Promise<Lesson[]> {
  const store = tables.open(plans);
  const lessons: Lesson[] = [];
  for (const { campaign, roi } of ended) {
    const plan = await store.findOne({ programme: 'campaigns', subject: campaign.id });
    if (!plan || campaign.predictedRoi === null) continue;
    const value = Math.min(MOST, Math.max(0, (1 + roi) / (1 + campaign.predictedRoi)));
    await store.update({ id: plan.id }, { outcome: value, status: 'done' });
    lessons.push({ planId: plan.id, subject: subjectOf(mixOf(campaign.channels)), value });
  }
  return lessons;
}
