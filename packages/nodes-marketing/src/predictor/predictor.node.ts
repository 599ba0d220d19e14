import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { loadModel, trainAndKeep } from '../learned-models/keep-model.ts';
import { outcomeFieldsOf, outcomeParams } from '../learned-models/outcome-params.ts';
import { factsOf, namesIn, readOutcomes } from '../learned-models/read-outcomes.ts';
import { explainChances, explainTraining, explainWeights } from '../learned-models/tell-model.ts';
import { openLeadModel } from '../stats/leads/lead-model.ts';
import { judgeChances } from '../stats/predict/judge-chances.ts';
import { predictorIcon } from './predictor.icon.ts';

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'train',
    choices: [
      {
        value: 'train',
        label: 'Train',
        hint: 'Learns from items that ended; one item: the report',
      },
      {
        value: 'evaluate',
        label: 'Evaluate',
        hint: 'Judges a model on items it has not seen; one item: the report',
      },
      { value: 'predict', label: 'Predict', hint: 'The chance of a good end of each item' },
      { value: 'explain', label: 'Explain', hint: 'The chance, and what speaks for and against' },
    ],
  }),
  ...outcomeParams,
  useAnyway: p.boolean({
    label: 'Use Although It Failed',
    default: false,
    hint: 'A model that is no better than the base rate is refused otherwise',
    when: { operation: ['predict', 'explain'] },
  }),
} as const;

type Given = Values<typeof params>;

/** Learns how things end from what was known when they began. */
export default defineNode({
  name: 'millrace-nodes-marketing.predictor',
  label: 'Predictor',
  description: 'Learns how things end from what was known before, and says whether that works',
  version: 1,
  group: ['marketing'],
  icon: predictorIcon,
  subtitle: '={{ $parameter["operation"] + ": " + $parameter["model"] }}',
  codex: {
    categories: ['Marketing', 'Analytics'],
    alias: ['machine learning', 'classification', 'churn', 'performance', 'model', 'auc'],
  },
  params,
  async execute(context) {
    if (context.items().length === 0) return [[]];
    const given = decodeParams(params, readParams(params, context, 0));
    switch (given.operation) {
      case 'train':
        return [[await train(context, given)]];
      case 'evaluate':
        return [[await evaluate(context, given)]];
      default:
        return [await predict(context, given)];
    }
  },
});

async function train(context: ExecuteContext, given: Given): Promise<Item> {
  const name = given.model ?? '';
  const fields = outcomeFieldsOf(given);
  const { outcomes, open } = readOutcomes(
    context.items().map(({ json }) => json),
    fields,
  );
  const learned = await trainAndKeep(context.tables, outcomes, {
    name,
    outcome: fields.outcome,
    keep: namesIn(given.keep ?? ''),
    seed: given.seed ?? 1,
  });
  const { report, warnings } = learned;
  return {
    json: {
      model: name,
      ...report,
      warnings: [...warnings],
      withoutOutcome: open,
      explain: explainTraining(learned),
    },
  };
}

async function evaluate(context: ExecuteContext, given: Given): Promise<Item> {
  const name = given.model ?? '';
  const row = await loadModel(context.tables, name, { isAnyUsed: true });
  const fields = { ...outcomeFieldsOf(given), facts: row.facts };
  const { outcomes } = readOutcomes(
    context.items().map(({ json }) => json),
    fields,
  );
  const unseen = outcomes.filter(({ at }) => at > row.knownUntil);
  const positives = unseen.filter(({ isPositive }) => isPositive).length;
  if (positives === 0 || positives === unseen.length)
    throw new InputError(
      `${unseen.length} of ${outcomes.length} items began after the last one "${name}" has seen (${new Date(row.knownUntil).toISOString()}), ${positives} of them ended well`,
      'A model is judged on later items only, good and bad ones: give it such items',
    );
  const model = openLeadModel(row.model);
  const report = judgeChances(
    unseen.map(({ facts }) => model.predict(facts)),
    unseen.map(({ isPositive }) => isPositive),
    { baseRate: row.model.predictor.baseRate, seed: given.seed ?? 1 },
  );
  return {
    json: {
      model: name,
      ...report,
      testedOn: unseen.length,
      leftOut: outcomes.length - unseen.length,
      explain: explainChances(report),
    },
  };
}

async function predict(context: ExecuteContext, given: Given): Promise<Item[]> {
  const name = given.model ?? '';
  const row = await loadModel(context.tables, name, { isAnyUsed: given.useAnyway ?? false });
  const model = openLeadModel(row.model);
  const fields = { facts: row.facts, outcome: '', time: '', leaveOut: [] };
  return context.items().map(({ json }, item) => {
    const facts = factsOf(json, fields);
    const weights = given.operation === 'explain' ? model.explain(facts) : [];
    const chance = model.predict(facts);
    return {
      json: {
        ...json,
        prediction: {
          model: name,
          chance,
          baseRate: row.model.predictor.baseRate,
          ...(given.operation === 'explain' && {
            weights: [...weights],
            explain: explainWeights(weights),
          }),
        },
      },
      pairedItem: { item },
    };
  });
}
