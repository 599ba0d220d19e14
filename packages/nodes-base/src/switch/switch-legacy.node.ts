import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  describeParams,
  p,
  visitItems,
  type ExecuteContext,
  type Property,
} from '@millrace/workflow/node-api';
import { legacyHolds } from '../conditions/legacy-condition.ts';
import {
  defaultOperation,
  emptyValue,
  legacyOperations,
  type LegacyType,
} from '../conditions/legacy-operations.ts';
import { switchIcon } from './switch.node.ts';

const types = ['boolean', 'dateTime', 'number', 'string'] as const satisfies readonly LegacyType[];

/** Version 1 of Switch: four outputs, each rule names its own. */
export const switchV1Node = defineNode({
  name: 'n8n-nodes-base.switch',
  label: 'Switch',
  description: 'Sends items to one of four outputs',
  version: 1,
  group: ['flow'],
  icon: switchIcon,
  outputs: ['main', 'main', 'main', 'main'],
  outputNames: ['0', '1', '2', '3'],
  pure: true,
  properties: legacyProperties(1),
  execute: (context) => route(context, 4, (rule) => Number(rule.output ?? 0)),
});

/** Version 2 of Switch: an output per rule. */
export const switchV2Node = defineNode({
  name: 'n8n-nodes-base.switch',
  label: 'Switch',
  description: 'Sends items to one of several outputs',
  version: 2,
  group: ['flow'],
  icon: switchIcon,
  outputs:
    '={{ $parameter.mode === "expression" ? Array.from({ length: $parameter.outputsAmount || 4 }, (_, i) => ({ type: "main", displayName: String(i) })) ' +
    ': [...(($parameter.rules || {}).rules || []).map((rule, i) => ({ type: "main", displayName: rule.outputKey || String(i) })), ' +
    '...($parameter.fallbackOutput === "extra" ? [{ type: "main", displayName: "Fallback" }] : [])] }}',
  pure: true,
  properties: legacyProperties(2),
  execute: (context) => route(context, v2OutputCount(context), (_rule, position) => position),
});

type OutputOf = (rule: JsonObject, position: number) => number;

function route(context: ExecuteContext, count: number, outputOf: OutputOf) {
  const sent: Item[][] = Array.from({ length: count }, () => []);
  const visit = (item: Item, index: number) => {
    try {
      const output = chosenOutput(context, index, count, outputOf);
      if (output !== undefined)
        at(sent, output, context, index).push({ ...item, pairedItem: { item: index } });
    } catch (error) {
      if (!context.continueOnFail) throw error;
      sent[0]?.push({
        json: { error: error instanceof Error ? error.message : String(error) },
        pairedItem: { item: index },
      });
    }
  };
  return visitItems(context, visit, () => sent);
}

function chosenOutput(
  context: ExecuteContext,
  index: number,
  count: number,
  outputOf: OutputOf,
): number | undefined {
  if (context.param('mode', index) === 'expression') return Number(context.param('output', index));
  const value1 = context.param('value1', index, { fallback: undefined });
  const type = String(context.param('dataType', index, { fallback: 'number' }));
  const rules = context.param<readonly JsonObject[]>('rules.rules', index, { fallback: [] });
  for (const [position, rule] of rules.entries()) {
    const operation = String(rule.operation ?? defaultOperation(type));
    if (legacyHolds({ value1, operation, value2: rule.value2 })) return outputOf(rule, position);
  }
  const fallback = context.param('fallbackOutput', index, { fallback: -1 });
  if (fallback === 'extra') return count - 1;
  return Number(fallback) === -1 ? undefined : Number(fallback);
}

function at(
  sent: readonly Item[][],
  output: number,
  context: ExecuteContext,
  itemIndex: number,
): Item[] {
  const batch = sent[output];
  if (batch) return batch;
  throw new NodeError(
    `The ouput ${output} is not allowed. It has to be between 0 and ${sent.length - 1}!`,
    { node: context.node.name, itemIndex },
    { fix: `Use an output from 0 to ${sent.length - 1}` },
  );
}

function v2OutputCount(context: ExecuteContext): number {
  if (context.param('mode', 0) === 'expression')
    return Number(context.param('outputsAmount', 0, { fallback: 4 }));
  const rules = context.param<readonly JsonObject[]>('rules.rules', 0, { fallback: [] });
  return rules.length + (context.param('fallbackOutput', 0, { fallback: -1 }) === 'extra' ? 1 : 0);
}

function legacyProperties(version: 1 | 2): readonly Property[] {
  return [
    ...describeParams({
      mode: p.options({
        label: 'Mode',
        default: 'rules',
        choices: [
          { value: 'expression', label: 'Expression' },
          { value: 'rules', label: 'Rules' },
        ],
      }),
      output: p.raw({
        label: 'Output',
        type: version === 1 ? 'number' : 'string',
        default: version === 1 ? 0 : '',
        when: { mode: ['expression'] },
      }),
      ...(version === 2 && {
        outputsAmount: p.number({
          label: 'Outputs amount',
          default: 4,
          when: { mode: ['expression'] },
        }),
      }),
      dataType: p.options({
        label: 'Data type',
        default: 'number',
        when: { mode: ['rules'] },
        choices: types.map((type) => ({ value: type, label: type })),
      }),
    }),
    ...types.flatMap((type) => describeParams(typedParams(type, version))),
    ...describeParams({
      fallbackOutput: p.raw({
        label: 'Fallback output',
        type: 'options',
        default: -1,
        when: { mode: ['rules'] },
        options: fallbacks(version),
      }),
    }),
  ];
}

function typedParams(type: LegacyType, version: 1 | 2) {
  return {
    value1: p.raw({
      label: 'Value 1',
      type,
      default: emptyValue(type),
      when: { dataType: [type], mode: ['rules'] },
    }),
    rules: p.list({
      label: 'Routing rules',
      group: 'rules',
      when: { dataType: [type], mode: ['rules'] },
      item: {
        operation: p.options({
          label: 'Operation',
          default: defaultOperation(type),
          choices: legacyOperations(type),
        }),
        value2: p.raw({
          label: 'Value 2',
          type,
          default: emptyValue(type),
          unless: { operation: ['isEmpty', 'isNotEmpty'] },
        }),
        ...(version === 1
          ? { output: p.number({ label: 'Output', default: 0, min: 0, max: 3 }) }
          : { outputKey: p.string({ label: 'Output name' }) }),
      },
    }),
  };
}

function fallbacks(version: 1 | 2) {
  return [
    { name: 'None', value: -1 },
    ...(version === 1
      ? [0, 1, 2, 3].map((value) => ({ name: String(value), value }))
      : [{ name: 'Extra output', value: 'extra' }]),
  ];
}
