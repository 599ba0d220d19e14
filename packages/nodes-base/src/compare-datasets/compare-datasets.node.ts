import type { Item, JsonObject } from '@millrace/workflow/items';
import { NodeError } from '@millrace/workflow/errors';
import {
  defineNode,
  describeParams,
  p,
  type ExecuteContext,
  type Property,
} from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { getField, setField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { lineage, paired } from '../merge/lineage.ts';
import { matchFields, type FieldPair } from '../merge/match-fields.ts';
import { agree, difference, type CompareOptions } from './compare-items.ts';

/** Compares two lists: only in A, the same, different, only in B. */
export const compareDatasetsNode = defineNode({
  name: 'n8n-nodes-base.compareDatasets',
  label: 'Compare Datasets',
  description: 'Tells what is in both inputs, and what only in one',
  version: [1, 2, 2.1, 2.2, 2.3],
  defaultVersion: 2.3,
  group: ['flow'],
  icon: icon('M9 12a5 5 0 1 0 .01 0', 'M15 12a5 5 0 1 0 .01 0'),
  inputs: ['main', 'main'],
  inputNames: ['Input A', 'Input B'],
  outputs: ['main', 'main', 'main', 'main'],
  outputNames: ['In A only', 'Same', 'Different', 'In B only'],
  requiredInputs: 1,
  pure: true,
  properties: compareProperties(),
  execute(context) {
    const pairs = fieldPairs(context);
    const options = compareOptions(context);
    const found = matchFields(paired(context.items(0), 0), paired(context.items(1), 1), {
      pairs,
      style: options.style,
      isFuzzy: options.isFuzzy,
      isFirstOnly: context.param('options.multipleMatches', 0, { fallback: 'first' }) !== 'all',
    });
    const [same, different]: [Item[], Item[]] = [[], []];
    for (const { entry, matches } of found.matched) {
      for (const match of matches) {
        if (agree(entry, match, options)) same.push(entry);
        else different.push(resolved(context, entry, match, { pairs, options }));
      }
    }
    return [found.unmatched1, same, different, found.unmatched2];
  },
});

/** What stands for two items that differ. */
function resolved(
  context: ExecuteContext,
  a: Item,
  b: Item,
  { pairs, options }: { pairs: readonly FieldPair[]; options: CompareOptions },
): Item {
  switch (context.param('resolve', 0)) {
    case 'preferInput1':
      return a;
    case 'preferInput2':
      return b;
    case 'mix':
      return mixed(context, a, b);
    default: {
      const keys = Object.fromEntries(
        pairs.map(({ field1 }) => [field1, getField(a.json, field1, options.style)]),
      );
      return { json: difference(a, b, keys, options), pairedItem: lineage([a, b]) };
    }
  }
}

function mixed(context: ExecuteContext, a: Item, b: Item): Item {
  const [base, other] =
    context.param('preferWhenMix', 0, { fallback: 'input1' }) === 'input2' ? [b, a] : [a, b];
  const json = fieldList(context.param('exceptWhenMix', 0, { fallback: '' })).reduce<JsonObject>(
    (result, field) => {
      const value = getField(other.json, field);
      return value === undefined ? result : setField(result, field, value);
    },
    base.json,
  );
  return { ...base, json };
}

function compareOptions(context: ExecuteContext): CompareOptions {
  const path = context.node.typeVersion === 1 ? 'options.fuzzyCompare' : 'fuzzyCompare';
  return {
    isFuzzy: context.param(path, 0, { fallback: false }) === true,
    skipped: fieldList(context.param('options.skipFields', 0, { fallback: '' })),
    style:
      context.param('options.disableDotNotation', 0, { fallback: false }) === true ? 'key' : 'path',
  };
}

function fieldPairs(context: ExecuteContext): FieldPair[] {
  const rows = context.param<readonly JsonObject[]>('mergeByFields.values', 0, { fallback: [] });
  const pairs = rows.map((row) => ({
    field1: String(row.field1 ?? ''),
    field2: String(row.field2 ?? ''),
  }));
  if (pairs.length && pairs.every(({ field1, field2 }) => field1 && field2)) return pairs;
  throw new NodeError(
    'You need to define at least one pair of fields in "Fields to Match" to match on',
    { node: context.node.name },
    { fix: 'Name the fields to match' },
  );
}

function compareProperties(): readonly Property[] {
  const choices = [
    { value: 'preferInput1', label: 'Use input A version' },
    { value: 'preferInput2', label: 'Use input B version' },
    { value: 'mix', label: 'Use a mix of versions' },
    { value: 'includeBoth', label: 'Include both versions' },
  ] as const;
  return [
    ...describeParams({
      mergeByFields: p.list({
        label: 'Fields to match',
        default: { values: [{ field1: '', field2: '' }] },
        item: {
          field1: p.string({ label: 'Input A field' }),
          field2: p.string({ label: 'Input B field' }),
        },
      }),
      resolve: p.options({
        label: 'When there are differences',
        default: 'preferInput2',
        choices,
        when: { '@version': [1, 2] },
      }),
    }),
    ...describeParams({
      resolve: p.options({
        label: 'When there are differences',
        default: 'includeBoth',
        choices,
        unless: { '@version': [1, 2] },
      }),
      fuzzyCompare: p.boolean({ label: 'Fuzzy compare', unless: { '@version': [1] } }),
      preferWhenMix: p.options({
        label: 'Prefer',
        default: 'input1',
        when: { resolve: ['mix'] },
        choices: [
          { value: 'input1', label: 'Input A version' },
          { value: 'input2', label: 'Input B version' },
        ],
      }),
      exceptWhenMix: p.string({ label: 'For everything except', when: { resolve: ['mix'] } }),
      options: p.collection({
        label: 'Options',
        fields: {
          skipFields: p.string({ label: 'Fields to skip comparing' }),
          fuzzyCompare: p.boolean({ label: 'Fuzzy compare', when: { '@version': [1] } }),
          disableDotNotation: p.boolean({ label: 'Disable dot notation' }),
          multipleMatches: p.options({
            label: 'Multiple matches',
            default: 'first',
            choices: [
              { value: 'first', label: 'Include the first match only' },
              { value: 'all', label: 'Include all matches' },
            ],
          }),
        },
      }),
    }),
  ];
}
