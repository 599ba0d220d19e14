import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { findPatterns } from '../stats/campaigns/patterns.ts';
import { recommendCampaigns } from '../stats/campaigns/recommend.ts';
import { campaignMemories } from '../tables/campaigns.ts';
import { backTest } from './back-test.ts';
import { traitsOf } from './campaign-kind.ts';
import { campaignMemoryIcon } from './campaign-memory.icon.ts';
import { learnKinds } from './learn-kinds.ts';
import { loadMemories, toMemory, type StoredMemory } from './memory-rows.ts';
import { readMemories } from './read-memories.ts';

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'recommend',
    choices: [
      { value: 'record', label: 'Record', hint: 'Keeps past campaigns; one item each' },
      {
        value: 'patterns',
        label: 'Find Patterns',
        hint: 'What the best campaigns have in common, and the worst',
      },
      { value: 'recommend', label: 'Recommend', hint: 'Kinds of campaign worth running next' },
      {
        value: 'backTest',
        label: 'Back-Test',
        hint: 'How well memories foretell campaigns held back',
      },
    ],
  }),
  source: p.options({
    label: 'Memories',
    default: 'store',
    choices: [
      { value: 'store', label: 'Of the Project' },
      { value: 'items', label: 'Input Items', hint: 'name, objective, channels, budget, roi …' },
    ],
    hint: 'For Record, the input items are kept in the project',
  }),
  recordAs: p.string({
    label: 'Record As',
    default: 'import',
    hint: 'A campaign recorded again under the same name and this word is replaced',
  }),
  count: p.number({ label: 'Recommendations', default: 5, min: 1, max: 50 }),
  objective: p.string({ label: 'Objective', default: '', placeholder: 'leads' }),
  industry: p.string({ label: 'Industry', default: '', placeholder: 'retail' }),
  minSupport: p.number({
    label: 'Least Support',
    default: 20,
    min: 1,
    hint: 'Patterns rest on at least this many campaigns',
  }),
  seed: p.number({ label: 'Seed', default: 1, hint: 'The same seed recommends the same' }),
} as const;

/** What past campaigns teach. */
export default defineNode({
  name: 'millrace-nodes-marketing.campaignMemory',
  label: 'Campaign Memory',
  description:
    'Keeps how campaigns went, finds what the best have in common, says what to run next',
  version: 1,
  group: ['marketing'],
  icon: campaignMemoryIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Campaigns'],
    alias: ['roi', 'learn', 'success patterns', 'thompson sampling', 'recommend'],
  },
  params,
  async execute(context) {
    const given = decodeParams(params, readParams(params, context, 0));
    if (given.operation === 'record') return [await record(context, given.recordAs)];
    const memories =
      given.source === 'items' ? fromItems(context) : await loadMemories(context.tables);
    switch (given.operation) {
      case 'patterns':
        return [patterns(memories, given.minSupport)];
      case 'backTest': {
        const found = backTest(memories, given.seed);
        return [found ? [{ json: { ...found } }] : []];
      }
      default:
        return [recommendations(memories, given)];
    }
  },
});

async function record(context: ExecuteContext, source: string): Promise<Item[]> {
  const rows = readMemories(context.items(), { source, now: context.now() });
  await context.tables.open(campaignMemories).upsertMany(rows, { by: ['name', 'source'] });
  return rows.map((row, item) => ({ json: { ...row }, pairedItem: { item } }));
}

const fromItems = (context: ExecuteContext): StoredMemory[] =>
  readMemories(context.items(), { source: 'items', now: context.now() }).map((row, index) =>
    toMemory({
      ...row,
      id: String(index),
      audience: row.audience ?? null,
      tone: row.tone ?? null,
      endedAt: row.endedAt ?? null,
    }),
  );

function patterns(memories: readonly StoredMemory[], minSupport: number): Item[] {
  const { success, failure } = findPatterns(memories, { minSupport });
  return [
    ...success.map((pattern) => ({ json: { tier: 'success', ...pattern } })),
    ...failure.map((pattern) => ({ json: { tier: 'failure', ...pattern } })),
  ];
}

function recommendations(
  memories: readonly StoredMemory[],
  {
    count,
    seed,
    objective,
    industry,
  }: {
    readonly count: number;
    readonly seed: number;
    readonly objective: string;
    readonly industry: string;
  },
): Item[] {
  const found = recommendCampaigns(learnKinds(memories), memories, {
    count,
    seed,
    isAllowed(path) {
      const traits = traitsOf(path);
      return (
        (objective === '' || traits.objective === objective.toLowerCase()) &&
        (industry === '' || traits.industry === industry.toLowerCase())
      );
    },
  });
  return found.map(({ path, interval, evidence, ...rest }) => ({
    json: {
      ...traitsOf(path),
      ...rest,
      low: interval.low,
      high: interval.high,
      evidence: [...evidence],
    },
  }));
}
