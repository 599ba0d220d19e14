import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Where a workflow begins when another one calls it. */
export const executeWorkflowTriggerNode = defineNode({
  name: 'n8n-nodes-base.executeWorkflowTrigger',
  label: 'When Executed by Another Workflow',
  description: 'Starts the workflow when another one calls it',
  version: [1, 1.1, 1.2],
  defaultVersion: 1.2,
  group: ['trigger'],
  icon: icon('M4 4h6v6H4z', 'M14 14h6v6h-6z', 'M14 17H7v-7'),
  inputs: [],
  pure: true,
  extra: { maxNodes: 1 },
  params: {
    events: p.hidden({ default: 'worklfow_call' }),
    inputSource: p.options({
      label: 'Input data mode',
      default: 'workflowInputs',
      when: { '@version': [{ _cnd: { gte: 1.1 } }] },
      choices: [
        { value: 'workflowInputs', label: 'Define the fields below' },
        { value: 'jsonExample', label: 'Define by a JSON example' },
        { value: 'passthrough', label: 'Accept all data' },
      ],
    }),
    jsonExample: p.json({
      label: 'JSON example',
      default: '{\n  "aField": "a string",\n  "aNumber": 123\n}',
      when: { '@version': [{ _cnd: { gte: 1.1 } }], inputSource: ['jsonExample'] },
    }),
    workflowInputs: p.list({
      label: 'Workflow input fields',
      when: { '@version': [{ _cnd: { gte: 1.1 } }], inputSource: ['workflowInputs'] },
      item: {
        name: p.string({ label: 'Name', required: true }),
        type: p.options({
          label: 'Type',
          default: 'string',
          choices: ['any', 'string', 'number', 'boolean', 'array', 'object'].map((value) => ({
            value,
            label: value,
          })),
        }),
      },
    }),
    returnOutput: p.options({
      label: 'Return output of',
      default: 'lastRunOnly',
      when: { '@version': [{ _cnd: { lt: 1.2 } }] },
      choices: [
        { value: 'allRuns', label: 'All runs' },
        { value: 'lastRunOnly', label: 'The last run only' },
      ],
    }),
  },
  execute(context) {
    const names = declaredFields(context);
    return [
      context
        .items()
        .map((item, index) => ({ ...item, ...picked(item, names), pairedItem: { item: index } })),
    ];
  },
});

/** Declared fields only, `null` for those that did not come; all of the item when none are declared. */
function picked(item: Item, names: readonly string[] | undefined): Pick<Item, 'json'> {
  if (!names) return { json: item.json };
  return { json: Object.fromEntries(names.map((name) => [name, item.json[name] ?? null])) };
}

function declaredFields(context: ExecuteContext): readonly string[] | undefined {
  if (context.node.typeVersion < 1.1) return undefined;
  const source = context.param('inputSource', 0);
  if (source === 'passthrough') return undefined;
  if (source === 'jsonExample') return Object.keys(example(context));
  return context
    .param<readonly JsonObject[]>('workflowInputs.values', 0, { fallback: [] })
    .map(({ name }) => String(name ?? ''));
}

function example(context: ExecuteContext): object {
  const given = context.param('jsonExample', 0);
  try {
    const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new NodeError(
      'The JSON example is not valid',
      { node: context.node.name },
      { cause, fix: 'Correct the JSON example' },
    );
  }
}
