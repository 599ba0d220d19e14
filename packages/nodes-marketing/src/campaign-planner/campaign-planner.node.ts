import type { Item, JsonObject } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { channelCurves } from '../budget-optimizer/channel-curves.ts';
import { bandOf, kindOf, mixOf } from '../campaign-memory/campaign-kind.ts';
import { learnKinds } from '../campaign-memory/learn-kinds.ts';
import { loadMemories } from '../campaign-memory/memory-rows.ts';
import { daysOf } from '../programmes/campaigns/campaign-days.ts';
import { METRIC, subjectOf } from '../programmes/campaigns/plan.ts';
import { readLearnings } from '../programmes/learnings.ts';
import { kpiTargets, predict } from '../stats/campaigns/recommend.ts';
import { campaignPlannerIcon } from './campaign-planner.icon.ts';
import { designCampaigns, type CampaignDesign } from './design-campaigns.ts';
import { correctModel } from './learned-model.ts';

const DESIGN = { operation: ['design'] };
const KPI = { operation: ['kpi'] };

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'design',
    choices: [
      {
        value: 'design',
        label: 'Design',
        hint: 'Campaigns with predicted return, targets, budgets by channel and dated tasks',
      },
      {
        value: 'kpi',
        label: 'Set Targets',
        hint: 'What a campaign of this kind can be held to: one item in, one out',
      },
    ],
  }),
  count: p.number({ label: 'Campaigns', default: 3, min: 1, max: 20, when: DESIGN }),
  objective: p.string({ label: 'Objective', placeholder: 'leads' }),
  industry: p.string({ label: 'Industry', placeholder: 'retail' }),
  channels: p.string({ label: 'Channels', placeholder: 'email, search', when: KPI }),
  tone: p.string({ label: 'Tone', placeholder: 'warm', when: KPI }),
  budget: p.number({
    label: 'Budget',
    default: 0,
    min: 0,
    hint: 'For each campaign; 0 takes what such campaigns usually have',
  }),
  durationDays: p.number({ label: 'Days', default: 28, min: 1, max: 365, when: DESIGN }),
  wantedRoi: p.number({
    label: 'Wanted Return',
    default: 3,
    hint: '3 means that four times the cost comes back. Flagged where fewer than one in five does it',
  }),
  seed: p.number({ label: 'Seed', default: 1, when: DESIGN }),
} as const;

/** Designs campaigns from the memories of the project and from what own campaigns brought. */
export default defineNode({
  name: 'millrace-nodes-marketing.campaignPlanner',
  label: 'Campaign Planner',
  description:
    'Designs campaigns from past ones, with predicted return, targets, budgets and tasks',
  version: 1,
  group: ['marketing'],
  icon: campaignPlannerIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Campaigns'],
    alias: ['kpi', 'targets', 'forecast', 'media plan', 'brief', 'roi'],
  },
  params,
  async execute(context) {
    const { tables } = context;
    const [memories, learned] = await Promise.all([
      loadMemories(tables),
      readLearnings(tables, 'campaigns', METRIC),
    ]);
    const model = correctModel(learnKinds(memories), (mix) => learned.get(subjectOf(mix)));
    const given = decodeParams(params, readParams(params, context, 0));
    if (given.operation === 'kpi') return [targets(context, model)];
    const days = await daysOf(tables, { now: context.now() });
    const designs = designCampaigns(model, memories, channelCurves([...days.values()].flat()), {
      count: given.count ?? 3,
      seed: given.seed ?? 1,
      now: context.now(),
      durationDays: given.durationDays ?? 28,
      wantedRoi: given.wantedRoi,
      objective: given.objective?.toLowerCase(),
      industry: given.industry?.toLowerCase(),
      budget: given.budget > 0 ? given.budget : undefined,
    });
    return [designs.map((design): Item => ({ json: designJson(design) }))];
  },
});

function targets(context: ExecuteContext, model: ReturnType<typeof correctModel>): Item[] {
  return context.items().map(({ json }, item) => {
    const given = decodeParams(params, readParams(params, context, item));
    const path = kindOf(traitsGiven(given));
    const { interval, ...prediction } = predict(model, path);
    return {
      json: {
        ...json,
        ...kpiTargets(model, path, given.wantedRoi),
        ...prediction,
        low: interval.low,
        high: interval.high,
      },
      pairedItem: { item },
    };
  });
}

function traitsGiven(given: Values<typeof params>) {
  const names = (given.channels ?? '').split(/[+,;]/).map((name) => name.trim().toLowerCase());
  return {
    objective: (given.objective ?? '').toLowerCase(),
    industry: (given.industry ?? '').toLowerCase(),
    channels: mixOf(names.filter(Boolean)),
    budgetBand: bandOf(given.budget),
    tone: given.tone?.toLowerCase() ?? null,
  };
}

function designJson(design: CampaignDesign): JsonObject {
  const { traits, prediction, targets: kpis, tasks, startsAt, endsAt } = design;
  return {
    name: design.name,
    ...traits,
    channels: [...design.channels],
    budget: design.budget,
    dailyBudgets: { ...design.dailyBudgets },
    predictedRoi: prediction.predictedRoi,
    low: prediction.interval.low,
    high: prediction.interval.high,
    chanceOfGain: prediction.chanceOfGain,
    chanceOfBest: prediction.chanceOfBest,
    seen: prediction.seen,
    evidence: [...prediction.evidence],
    kpis: { ...kpis, revenue: design.revenueTarget },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    tasks: tasks.map((task) => ({ ...task })),
  };
}
