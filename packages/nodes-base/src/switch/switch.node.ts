import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, visitItems, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

export const switchIcon = icon('M4 12h5', 'M9 12l5-7h6', 'M9 12h11', 'M9 12l5 7h6');

const outputs =
  '={{ $parameter.mode === "expression" ' +
  '? Array.from({ length: $parameter.numberOutputs || 4 }, (_, i) => ({ type: "main", displayName: String(i) })) ' +
  ': [...(($parameter.rules || {}).values || []).map((rule, i) => ({ type: "main", displayName: rule.renameOutput && rule.outputKey ? rule.outputKey : String(i) })), ' +
  '...(($parameter.options || {}).fallbackOutput === "extra" ? [{ type: "main", displayName: $parameter.options.renameFallbackOutput || "Fallback" }] : [])] }}';

/** Sends each item to the output whose rule it meets, or to a numbered one. */
export const switchNode = defineNode({
  name: 'n8n-nodes-base.switch',
  label: 'Switch',
  description: 'Sends items to one of several outputs',
  version: [3, 3.1, 3.2, 3.3, 3.4],
  defaultVersion: 3.4,
  group: ['flow'],
  icon: switchIcon,
  outputs,
  pure: true,
  params: {
    mode: p.options({
      label: 'Mode',
      default: 'rules',
      fixed: true,
      choices: [
        { value: 'rules', label: 'Rules' },
        { value: 'expression', label: 'Expression' },
      ],
    }),
    numberOutputs: p.number({
      label: 'Number of outputs',
      default: 4,
      when: { mode: ['expression'] },
    }),
    output: p.raw({
      label: 'Output index',
      type: 'number',
      default: '={{}}',
      when: { mode: ['expression'] },
    }),
    rules: p.list({
      label: 'Routing rules',
      sortable: true,
      addLabel: 'Add rule',
      when: { mode: ['rules'] },
      default: {
        values: [
          {
            conditions: {
              options: { caseSensitive: true, leftValue: '', typeValidation: 'strict' },
              conditions: [],
              combinator: 'and',
            },
          },
        ],
      },
      item: {
        conditions: p.filter({ label: 'Conditions' }),
        renameOutput: p.boolean({ label: 'Rename output' }),
        outputKey: p.string({ label: 'Output name', when: { renameOutput: [true] } }),
      },
    }),
    looseTypeValidation: p.boolean({
      label: 'Convert types where required',
      when: { '@version': [{ _cnd: { gte: 3.1 } }] },
    }),
    options: p.collection({
      label: 'Options',
      when: { mode: ['rules'] },
      fields: {
        fallbackOutput: p.raw({
          label: 'Fallback output',
          type: 'options',
          default: 'none',
          options: [
            { name: 'None (default)', value: 'none' },
            { name: 'Extra output', value: 'extra' },
          ],
          typeOptions: { allowArbitraryValues: true },
        }),
        ignoreCase: p.boolean({ label: 'Ignore case', default: true }),
        looseTypeValidation: p.boolean({
          label: 'Convert types where required',
          default: true,
          when: { '@version': [{ _cnd: { lt: 3.1 } }] },
        }),
        renameFallbackOutput: p.string({
          label: 'Name of the fallback output',
          default: 'Fallback',
          when: { fallbackOutput: ['extra'] },
        }),
        allMatchingOutputs: p.boolean({ label: 'Send to all matching outputs' }),
      },
    }),
  },
  execute(context) {
    const isByIndex = context.param('mode', 0) === 'expression';
    const sent: Item[][] = Array.from({ length: outputCount(context, isByIndex) }, () => []);
    const visit = (item: Item, index: number) => {
      try {
        const chosen = isByIndex
          ? [numberedOutput(context, index, sent.length)]
          : matchingOutputs(context, index);
        for (const output of chosen) put(context, sent, output, item);
      } catch (error) {
        if (!context.continueOnFail) throw error;
        sent[0]?.push({ json: { error: error instanceof Error ? error.message : String(error) } });
      }
    };
    return visitItems(context, visit, () => sent);
  },
});

function outputCount(context: ExecuteContext, isByIndex: boolean): number {
  if (isByIndex) return Number(context.param('numberOutputs', 0));
  const extra =
    context.param('options.fallbackOutput', 0, { fallback: 'none' }) === 'extra' ? 1 : 0;
  return ruleCount(context, 0) + extra;
}

function numberedOutput(context: ExecuteContext, itemIndex: number, count: number): number {
  const output = Number(context.param('output', itemIndex));
  if (output >= 0 && output < count) return output;
  throw new NodeError(
    output < 0 ? `The ouput ${output} is not allowed` : `The ouput ${output} is not allowed. `,
    {
      node: context.node.name,
      itemIndex,
      description: `Output indexes are zero based, if you want to use the extra output use ${count - 1}`,
    },
    { fix: `Let the expression give 0 to ${count - 1}` },
  );
}

/** One after the other: what a rule decided stands, even when a later one fails. */
function* matchingOutputs(context: ExecuteContext, index: number): Generator<number> {
  const count = ruleCount(context, index);
  const isForAll = context.param('options.allMatchingOutputs', index, { fallback: false }) === true;
  let isMatched = false;
  for (let rule = 0; rule < count; rule += 1) {
    const path = `rules.values[${rule}].conditions`;
    if (!context.param<boolean>(path, index, { fallback: false, extractValue: true })) continue;
    isMatched = true;
    yield rule;
    if (!isForAll) break;
  }
  if (!isMatched) yield* fallbackOutput(context, index, count);
}

function fallbackOutput(context: ExecuteContext, index: number, count: number): readonly number[] {
  const fallback = context.param('options.fallbackOutput', index, { fallback: 'none' });
  if (fallback === 'extra') return [count];
  return fallback === 'none' || fallback === undefined ? [] : [Number(fallback)];
}

function put(context: ExecuteContext, sent: readonly Item[][], output: number, item: Item): void {
  const batch = sent[output];
  if (!batch) {
    throw new NodeError(
      `There is no output ${output}`,
      { node: context.node.name },
      { fix: 'Choose an output the node has' },
    );
  }
  batch.push(item);
}

/** Rules are counted as written: resolving them here would evaluate conditions that may not be reached. */
function ruleCount(context: ExecuteContext, index: number): number {
  const rules = context.param<readonly JsonObject[]>('rules.values', index, {
    fallback: [],
    raw: true,
  });
  return Array.isArray(rules) ? rules.length : 0;
}
