import type { NewRow } from '@millrace/workflow/node-api';
import { channelCurves } from '../../budget-optimizer/channel-curves.ts';
import { loadMemories } from '../../campaign-memory/memory-rows.ts';
import { designCampaigns, type CampaignDesign } from '../../campaign-planner/design-campaigns.ts';
import { correctModel } from '../../campaign-planner/learned-model.ts';
import { learnKinds } from '../../campaign-memory/learn-kinds.ts';
import { campaigns } from '../../tables/campaigns.ts';
import { plans, type LearningRow } from '../../tables/programmes.ts';
import { readLearnings } from '../learnings.ts';
import type { Figures, ProgrammeContext } from '../programme.ts';
import { daysOf } from './campaign-days.ts';
import { campaignSettings } from './campaign-settings.ts';

/** Return over predicted return of own campaigns, 1 as predicted. */
export const METRIC = 'returnRatio';

/** Designs campaigns from memories and own outcomes. Earlier designs nobody approved make room. */
export async function plan(context: ProgrammeContext, runId: string): Promise<Figures> {
  const { tables, seed, now } = context;
  const [settings, memories, days, learned] = await Promise.all([
    campaignSettings(tables),
    loadMemories(tables),
    daysOf(tables, { now: now() }),
    readLearnings(tables, 'campaigns', METRIC),
  ]);
  const model = correctModel(learnKinds(memories), (mix) => learned.get(subjectOf(mix)));
  const designs = designCampaigns(model, memories, channelCurves([...days.values()].flat()), {
    ...settings,
    count: settings.designs,
    seed,
    now: now(),
  });
  await replaceDesigns(context, runId, designs, learned);
  return {
    designed: designs.length,
    feasible: designs.filter(({ targets }) => targets.isFeasible).length,
    plannedBudget: designs.reduce((sum, { budget }) => sum + budget, 0),
  };
}

/** What a lesson about a mix of channels is kept under. */
export const subjectOf = (mix: string): string => `channels:${mix}`;

/** In one transaction: a run that is cut off and goes on does not design twice. */
async function replaceDesigns(
  { tables }: ProgrammeContext,
  runId: string,
  designs: readonly CampaignDesign[],
  learned: ReadonlyMap<string, LearningRow>,
): Promise<void> {
  await tables.transaction(async (inside) => {
    const store = inside.open(campaigns);
    const stale = await store.find({
      where: { status: 'designed', approvedAt: null },
      columns: ['id'],
    });
    const ids = stale.map(({ id }) => id);
    if (ids.length > 0) {
      await store.update({ id: { in: ids } }, { status: 'dropped', statusReason: 'planned anew' });
      await inside
        .open(plans)
        .update({ programme: 'campaigns', subject: { in: ids } }, { status: 'skipped' });
    }
    for (const design of designs) {
      const { id } = await store.insert(campaignRow(design));
      const learning = learned.get(subjectOf(design.traits.channels));
      await inside.open(plans).insert(planRow(design, { id, runId, learning }));
    }
  });
}

const campaignRow = (design: CampaignDesign): NewRow<typeof campaigns> => ({
  name: design.name,
  objective: design.traits.objective,
  industry: design.traits.industry,
  channels: design.channels,
  budget: design.budget,
  predictedRoi: design.prediction.predictedRoi,
  predictedLow: design.prediction.interval.low,
  predictedHigh: design.prediction.interval.high,
  kpis: {
    roi: design.targets.commit,
    roiStretch: design.targets.stretch,
    chanceOfWanted: design.targets.chanceOfWanted,
    revenue: design.revenueTarget,
  },
  kind: design.path,
  evidence: design.prediction.evidence,
  dailyBudgets: design.dailyBudgets,
  startsAt: design.startsAt,
  endsAt: design.endsAt,
});

function planRow(
  design: CampaignDesign,
  about: {
    readonly id: string;
    readonly runId: string;
    readonly learning: LearningRow | undefined;
  },
): NewRow<typeof plans> {
  const { prediction, targets, tasks } = design;
  const { learning } = about;
  return {
    runId: about.runId,
    programme: 'campaigns',
    kind: 'campaign',
    subject: about.id,
    title: design.name,
    priority: design.budget * prediction.predictedRoi,
    steps: tasks.map(({ due, task }) => `${due}: ${task}`),
    details: {
      budget: design.budget,
      dailyBudgets: design.dailyBudgets,
      predictedRoi: prediction.predictedRoi,
      interval: prediction.interval,
      chanceOfGain: prediction.chanceOfGain,
      seen: prediction.seen,
      targets,
      isFeasible: targets.isFeasible,
      tasks,
      learned: learning
        ? `Own campaigns on these channels returned ${learning.mean.toFixed(2)} of what was predicted (${learning.count} seen)`
        : null,
    },
    learningIds: learning ? [learning.id] : [],
  };
}
