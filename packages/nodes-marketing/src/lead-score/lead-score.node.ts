import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { within } from '../item-fields/within.ts';
import { loadModel, trainAndKeep } from '../learned-models/keep-model.ts';
import { outcomeFieldsOf } from '../learned-models/outcome-params.ts';
import { factsOf, namesIn, readOutcomes } from '../learned-models/read-outcomes.ts';
import { explainTraining, explainWeights } from '../learned-models/tell-model.ts';
import { openLeadModel } from '../stats/leads/lead-model.ts';
import { leadScoreIcon } from './lead-score.icon.ts';
import { leadScoreParams as params } from './lead-score.params.ts';
import { needRules, scoreLead } from './score-by-rules.ts';

type Given = Values<typeof params>;

const DAY_MS = 86_400_000;

/** Says which leads are worth a call. */
export default defineNode({
  name: 'millrace-nodes-marketing.leadScore',
  label: 'Lead Score',
  description: 'Scores leads by rules that fade or by what earlier leads became, and says why',
  version: 1,
  group: ['marketing'],
  icon: leadScoreIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'Leads'],
    alias: ['lead scoring', 'qualify', 'mql', 'hot leads', 'points', 'conversion'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    switch (given.operation) {
      case 'rules':
        return [byRules(context, given)];
      case 'train':
        return [[await train(context, given)]];
      case 'score':
        return [await byModel(context, given)];
      default:
        return [decay(context, given)];
    }
  },
});

function byRules(context: ExecuteContext, { events, profile }: Given): Item[] {
  const rules = needRules({ events, profile });
  return context.items().map(({ json }, item) => ({
    json: { ...json, leadScore: { ...scoreLead(json, item, rules, context.now()) } },
    pairedItem: { item },
  }));
}

async function train(context: ExecuteContext, given: Given): Promise<Item> {
  const fields = outcomeFieldsOf(given);
  const { outcomes, open } = readOutcomes(
    context.items().map(({ json }) => json),
    fields,
  );
  const learned = await trainAndKeep(context.tables, outcomes, {
    name: modelName(given),
    outcome: fields.outcome,
    keep: namesIn(given.keep ?? ''),
    seed: given.seed ?? 1,
  });
  return {
    json: {
      model: given.model ?? '',
      ...learned.report,
      warnings: [...learned.warnings],
      withoutOutcome: open,
      explain: explainTraining(learned),
    },
  };
}

async function byModel(context: ExecuteContext, given: Given): Promise<Item[]> {
  const row = await loadModel(context.tables, modelName(given), {
    isAnyUsed: given.useAnyway ?? false,
  });
  const model = openLeadModel(row.model);
  const fields = { facts: row.facts, outcome: '', time: '', leaveOut: [] };
  return context.items().map(({ json }, item) => {
    const facts = factsOf(json, fields);
    const parts = model.explain(facts);
    const leadScore = {
      score: model.score(facts),
      chance: model.predict(facts),
      parts: [...parts],
      explain: explainWeights(parts),
    };
    return { json: { ...json, leadScore }, pairedItem: { item } };
  });
}

/** Lead models and predictors share a table, not their names. */
const modelName = ({ model }: Given): string => `lead score: ${model ?? ''}`;

function decay(context: ExecuteContext, given: Given): Item[] {
  const { scoreField = 'score', activeField = 'lastActiveAt' } = given;
  const halfLife = within('Half-Life (Days)', given.halfLifeDays ?? 30, { min: 0.01 });
  return context.items().map(({ json }, item) => {
    const field = itemFields(json, item);
    const score = field.number(scoreField);
    const at = field.time(activeField);
    if (score === undefined || at === undefined)
      throw new InputError(
        `Item ${item} has no "${score === undefined ? scoreField : activeField}"`,
        'Give each lead its score and when it was last active, or name the fields that hold them',
      );
    const days = Math.max(0, (context.now() - at) / DAY_MS);
    const left = score * 0.5 ** (days / halfLife);
    const leadScore = {
      score: left,
      before: score,
      quietDays: days,
      explain: `${left.toFixed(1)} of ${score} are left after ${days.toFixed(1)} quiet days`,
    };
    return { json: { ...json, leadScore }, pairedItem: { item } };
  });
}
