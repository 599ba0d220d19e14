import type { ChannelCurves } from '../budget-optimizer/channel-curves.ts';
import { divideBudget, type DailyBudgets } from '../budget-optimizer/move-budgets.ts';
import { channelsOf, traitsOf, type CampaignTraits } from '../campaign-memory/campaign-kind.ts';
import type { StoredMemory } from '../campaign-memory/memory-rows.ts';
import type { CampaignModel } from '../stats/campaigns/memory.ts';
import { kpiTargets, recommendCampaigns, type KpiTargets } from '../stats/campaigns/recommend.ts';
import type { Recommendation } from '../stats/campaigns/recommend.ts';
import { median } from '../stats/math/describe.ts';
import { executionPlan, startAfter, type CampaignTask } from './execution-plan.ts';

export interface DesignOptions {
  readonly count: number;
  readonly seed: number;
  readonly now: number;
  readonly durationDays: number;
  /** Flagged where fewer than one in five such campaigns return this much. */
  readonly wantedRoi: number;
  /** Only these, when named. */
  readonly objective?: string | undefined;
  readonly industry?: string | undefined;
  /** For each campaign; the median of such campaigns when left out. */
  readonly budget?: number | undefined;
}

/** A campaign nobody has started yet: what it is, what it should bring, and what is to be done. */
export interface CampaignDesign {
  readonly name: string;
  readonly traits: CampaignTraits;
  readonly path: readonly string[];
  readonly channels: readonly string[];
  readonly budget: number;
  readonly dailyBudgets: DailyBudgets;
  readonly prediction: Recommendation;
  readonly targets: KpiTargets;
  /** Revenue that the committed return asks for. */
  readonly revenueTarget: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly tasks: readonly CampaignTask[];
}

const DAY_MS = 86_400_000;
const FALLBACK_BUDGET = 10_000;

/**
 * Designs campaigns from what memories say: the kinds most likely to be the best, each with another
 * objective or other channels than those before it, so that not everything rests on one belief.
 */
export function designCampaigns(
  model: CampaignModel,
  memories: readonly StoredMemory[],
  curves: ChannelCurves,
  options: DesignOptions,
): CampaignDesign[] {
  const designs: CampaignDesign[] = [];
  const taken = new Set<string>();
  while (designs.length < options.count) {
    const [best] = recommendCampaigns(model, memories, {
      count: 1,
      seed: options.seed + designs.length,
      isAllowed: (path) => isWanted(path, options) && !taken.has(sortOf(path)),
    });
    if (!best) break;
    taken.add(sortOf(best.path));
    designs.push(design(best, { model, memories, curves, options }));
  }
  return designs;
}

const sortOf = (path: readonly string[]): string => {
  const { objective, channels } = traitsOf(path);
  return `${objective}/${channels}`;
};

function isWanted(path: readonly string[], { objective, industry }: DesignOptions): boolean {
  const traits = traitsOf(path);
  return (
    (objective === undefined || traits.objective === objective) &&
    (industry === undefined || traits.industry === industry)
  );
}

function design(
  prediction: Recommendation,
  {
    model,
    memories,
    curves,
    options,
  }: {
    readonly model: CampaignModel;
    readonly memories: readonly StoredMemory[];
    readonly curves: ChannelCurves;
    readonly options: DesignOptions;
  },
): CampaignDesign {
  const { path } = prediction;
  const traits = traitsOf(path);
  const channels = channelsOf(traits.channels);
  const budget = options.budget ?? usualBudget(memories, traits);
  const startsAt = startAfter(options.now);
  const endsAt = startsAt + options.durationDays * DAY_MS;
  const targets = kpiTargets(model, path, options.wantedRoi);
  return {
    name: nameOf(traits, startsAt),
    traits,
    path,
    channels,
    budget,
    dailyBudgets: divideBudget(channels.map(curves.of), budget / options.durationDays),
    prediction,
    targets,
    revenueTarget: Math.round(budget * (1 + targets.commit)),
    startsAt,
    endsAt,
    tasks: executionPlan({ startsAt, endsAt, channels }),
  };
}

function usualBudget(memories: readonly StoredMemory[], { budgetBand }: CampaignTraits): number {
  const alike = memories.filter(({ attributes }) => attributes['budgetBand'] === budgetBand);
  return alike.length === 0
    ? FALLBACK_BUDGET
    : Math.round(median(alike.map(({ budget }) => budget)) / 100) * 100;
}

/** `Retention for retail by email and search, warm, from 2026-11-30` */
function nameOf({ objective, industry, channels, tone }: CampaignTraits, startsAt: number): string {
  const goal = objective.charAt(0).toUpperCase() + objective.slice(1);
  const by = channelsOf(channels).join(' and ');
  const how = tone === null ? '' : `, ${tone}`;
  const start = new Date(startsAt).toISOString().slice(0, 10);
  return `${goal} for ${industry} by ${by}${how}, from ${start}`;
}
