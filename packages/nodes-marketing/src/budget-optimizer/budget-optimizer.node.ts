import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { daysOf } from '../programmes/campaigns/campaign-days.ts';
import { allocateBudget } from '../stats/campaigns/budget.ts';
import { consolidateRoi } from '../stats/campaigns/roi.ts';
import { budgetOptimizerIcon } from './budget-optimizer.icon.ts';
import { channelCurves } from './channel-curves.ts';

const ALLOCATE = { operation: ['allocate'] };

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'allocate',
    choices: [
      { value: 'fit', label: 'Fit Curves', hint: 'What each channel returns for more money' },
      {
        value: 'allocate',
        label: 'Allocate',
        hint: 'Divides a budget so that the next unit of money returns the same everywhere',
      },
      { value: 'roi', label: 'Return', hint: 'Of the sums: by channel, and of all together' },
    ],
  }),
  source: p.options({
    label: 'Spend and Results',
    default: 'store',
    choices: [
      { value: 'store', label: 'Days of Stored Campaigns' },
      {
        value: 'items',
        label: 'Input Items',
        hint: 'One item a channel and period: channel, spend, revenue',
      },
    ],
  }),
  budget: p.number({ label: 'Budget', default: 1000, min: 0, when: ALLOCATE }),
  floor: p.number({
    label: 'Least Share of a Channel',
    default: 0.05,
    min: 0,
    max: 1,
    hint: 'Each goes on being learned',
    when: ALLOCATE,
  }),
  previous: p.json({
    label: 'Budgets So Far',
    default: '{}',
    hint: 'By channel, such as { "email": 100 }; none then moves by more than the share below',
    when: ALLOCATE,
  }),
  maxMove: p.number({ label: 'Most Move', default: 0.2, min: 0, max: 1, when: ALLOCATE }),
} as const;

interface Spent {
  readonly channel: string;
  readonly spend: number;
  readonly revenue: number;
}

/** Puts money where it returns most. */
export default defineNode({
  name: 'millrace-nodes-marketing.budgetOptimizer',
  label: 'Budget Optimizer',
  description: 'Learns what each channel returns for money and divides a budget by it',
  version: 1,
  group: ['marketing'],
  icon: budgetOptimizerIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Campaigns'],
    alias: ['media mix', 'response curve', 'spend', 'roas', 'reallocate'],
  },
  params,
  async execute(context) {
    const given = decodeParams(params, readParams(params, context, 0));
    const spent = given.source === 'items' ? readSpent(context) : await storedSpent(context);
    const { known } = channelCurves(spent);
    switch (given.operation) {
      case 'fit':
        return [known.map((curve): Item => ({ json: { ...curve } }))];
      case 'roi':
        return [returns(spent)];
      default: {
        const allocations = allocateBudget(known, {
          budget: given.budget ?? 0,
          floor: given.floor ?? 0,
          maxMove: given.maxMove ?? 1,
          previous: readBudgets(given.previous),
        });
        return [allocations.map((each): Item => ({ json: { ...each } }))];
      }
    }
  },
});

const readSpent = (context: ExecuteContext): Spent[] =>
  context.items().map(({ json }, index) => {
    const fields = itemFields(json, index);
    return {
      channel: fields.need('channel'),
      spend: fields.number('spend', 'cost') ?? 0,
      revenue: fields.number('revenue', 'result', 'value', 'conversions') ?? 0,
    };
  });

async function storedSpent(context: ExecuteContext): Promise<Spent[]> {
  const days = await daysOf(context.tables, { now: context.now() });
  return [...days.values()].flat();
}

function readBudgets(given: unknown): Readonly<Record<string, number>> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).map(([channel, value]) => {
      if (typeof value === 'number' && Number.isFinite(value) && value >= 0)
        return [channel, value];
      throw new InputError(
        `The budget so far of "${channel}" is ${JSON.stringify(value)}, which is no amount`,
        'Give amounts of 0 or more by channel, such as { "email": 100 }',
      );
    }),
  );
}

function returns(spent: readonly Spent[]): Item[] {
  const flowOf = (rows: readonly Spent[]) =>
    consolidateRoi(rows.map(({ spend, revenue }) => ({ cost: spend, value: revenue })));
  const channels = [...Map.groupBy(spent, ({ channel }) => channel)];
  return [
    ...channels.map(([channel, rows]) => ({ channel, ...flowOf(rows) })),
    { channel: 'all', ...flowOf(spent) },
  ].map(({ roi, ...rest }): Item => ({ json: { ...rest, roi: roi ?? null } }));
}
