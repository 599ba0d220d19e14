import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { itemFields } from '../item-fields/item-fields.ts';
import { within } from '../item-fields/within.ts';
import { judgeArms, type ArmsReport, type TestPlan } from '../stats/experiments/judge-arms.ts';
import { experiments } from '../tables/experiments.ts';
import { countItems, countStored } from './count-arms.ts';
import { experimentIcon } from './experiment.icon.ts';
import { experimentParams as params } from './experiment.params.ts';
import { checkedArms, openExperiment } from './open-experiment.ts';
import { assign, convert, expose, type Person } from './people.ts';

type Given = Values<typeof params>;

/** Compares ways to do something on people who are divided by chance. */
export default defineNode({
  name: 'millrace-nodes-marketing.experiment',
  label: 'Experiment',
  description:
    'A/B tests: divides people, counts what they do, and names a winner only if it is sure',
  version: 1,
  group: ['marketing'],
  icon: experimentIcon,
  subtitle: '={{ $parameter["operation"] + ": " + $parameter["experiment"] }}',
  codex: {
    categories: ['Marketing', 'Analytics'],
    alias: ['ab test', 'a/b', 'split test', 'variant', 'significance', 'sample ratio', 'srm'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    if (given.operation === 'analyse' || given.operation === 'decide')
      return [[await judge(context, given)]];
    return [await count(context, given)];
  },
});

async function count(context: ExecuteContext, given: Given): Promise<Item[]> {
  const { experiment: name, unitField = 'id', timeField = '' } = given;
  const people = context.items().map(({ json }, index): Person => {
    const field = itemFields(json, index);
    const at = timeField === '' ? undefined : field.time(timeField);
    return { unit: field.need(unitField), at: at ?? context.now() };
  });
  const experiment = await openExperiment(context.tables, name, given.arms);
  const found =
    given.operation === 'convert'
      ? await convert(context.tables, name, people)
      : await (given.operation === 'expose' ? expose : assign)(context.tables, experiment, people);
  return context.items().map(({ json }, item) => ({
    json: { ...json, experiment: { name, ...found[item] } },
    pairedItem: { item },
  }));
}

async function judge(context: ExecuteContext, given: Given): Promise<Item> {
  const { tables } = context;
  const { experiment: name, source, trialsPerArm = 0 } = given;
  const plan: TestPlan =
    given.test === 'fixed'
      ? {
          kind: 'fixed',
          trialsPerArm: within('Planned People per Arm', trialsPerArm, { min: 1, isWhole: true }),
        }
      : { kind: 'sequential' };
  const rule = {
    alpha: within('False Winners Allowed', given.alpha ?? 0, { min: 0.0001, max: 0.5 }),
    minTrials: within('Least People per Arm', given.minTrials ?? 0, { min: 1, isWhole: true }),
  };
  if (source === 'items') {
    const rows = context.items().map(({ json }) => json);
    return itemOf(name, judgeArms(countItems(rows, checkedArms(given.arms)), plan, rule));
  }
  const experiment = await openExperiment(tables, name, given.arms);
  const report = judgeArms(await countStored(tables, name, experiment.arms), plan, rule);
  if (given.operation === 'decide') await keep(context, name, report);
  const decided = await tables.open(experiments).findOne({ name });
  return itemOf(name, report, decided);
}

/** The first decision stands, whoever decides again. */
async function keep(
  { tables, now }: ExecuteContext,
  name: string,
  { verdict, arms }: ArmsReport,
): Promise<void> {
  if (verdict.kind === 'open') return;
  const winner = verdict.kind === 'winner' ? verdict.arm : (arms[0]?.name ?? null);
  await tables
    .open(experiments)
    .update({ name, decidedAt: null }, { winner, reason: verdict.reason, decidedAt: now() });
}

function itemOf(
  name: string,
  { verdict, ratio, arms, comparisons }: ArmsReport,
  decided?: {
    readonly winner: string | null;
    readonly reason: string | null;
    readonly decidedAt: number | null;
  },
): Item {
  const isKept = decided !== undefined && decided.decidedAt !== null;
  const warning =
    ratio.verdict === 'warn'
      ? ` Look into it: the arms are hardly as large as planned (p = ${ratio.p.toPrecision(2)}).`
      : '';
  return {
    json: {
      experiment: name,
      verdict: verdict.kind,
      winner: isKept ? decided.winner : verdict.kind === 'winner' ? verdict.arm : null,
      isDecided: isKept,
      arms: [...arms],
      comparisons: [...comparisons],
      ratio: { ...ratio },
      explain: `${isKept ? `Decided: ${decided.reason}. Now: ` : ''}${verdict.reason}.${warning}`,
    },
  };
}
