import { DateTime } from 'luxon';
import { toInteger, toText } from '../capabilities/coerce.ts';
import type { Context } from '../context.ts';
import { lend } from '../scope-data.ts';
import { isRecord, native } from '../values.ts';
import { CALCULATIONS } from './calculations.ts';
import { ENV, EXECUTION, NODE, PREVIOUS_NODE, SECRETS, WORKFLOW } from './facades.ts';
import { FROM_AI } from './from-ai.ts';
import { INPUT } from './input.ts';
import { viewBatch, viewBinary, viewItem } from './item-view.ts';
import { JMESPATH } from './jmespath.ts';
import { currentItem, outputItems } from './node-data.ts';
import { nodeReference } from './node-reference.ts';
import { itemAt } from './other-item.ts';

type Variable = (context: Context) => unknown;

const now = ({ scope }: Context) => DateTime.fromMillis(scope.now(), { zone: scope.timezone });
const json: Variable = (context) => {
  const { scope, itemIndex } = context;
  const item = scope.input[itemIndex] ?? currentItem(scope, itemIndex);
  return context.copies ? lend<unknown>(context, item.json) : item.json;
};
const itemIndex: Variable = (context) => context.itemIndex;
const parameters: Variable = (context) =>
  lend<unknown>(context, locatedValues(context.scope.parameters(context.itemIndex)));
const rawParameters: Variable = (context) =>
  lend<unknown>(context, locatedValues(context.scope.node.parameters));

/** Parameters as expressions see them: of a resource locator its value. */
function locatedValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(locatedValues);
  if (!isRecord(value)) return value;
  if (value['__rl'] === true) return value['value'];
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, locatedValues(member)]),
  );
}
const thisItem: Variable = (context) =>
  viewItem(context, currentItem(context.scope, context.itemIndex));
const NODE_REFERENCE = native('$', (context, _, [name]) => nodeReference(context, name));

const ITEMS = native('$items', (context, _, [name, output, run]) => {
  const { scope } = context;
  const source = scope.sources[0];
  if (name === undefined && (output === undefined || scope.input.length > 0))
    return viewBatch(context, scope.input);
  const node = name === undefined ? (source?.previousNode ?? '') : toText(context, name);
  return viewBatch(
    context,
    outputItems(scope, node, toInteger(context, output, 0), toInteger(context, run, -1)),
  );
});

const ITEM = native('$item', (context, _, [index]) =>
  itemAt(toInteger(context, index), (name, ctx) => VARIABLES.get(name)?.(ctx)),
);

/** Every `$`-variable, and how to get it. */
export const VARIABLES: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['$json', json],
  ['$data', json],
  ['$binary', (context) => viewBinary(context, currentItem(context.scope, context.itemIndex))],
  ['$input', () => INPUT],
  ['$', () => NODE_REFERENCE],
  ['$node', () => NODE],
  ['$items', () => ITEMS],
  ['$item', () => ITEM],
  ['$prevNode', () => PREVIOUS_NODE],
  ['$runIndex', ({ scope }) => scope.runIndex],
  ['$thisRunIndex', ({ scope }) => scope.runIndex],
  ['$itemIndex', itemIndex],
  ['$position', itemIndex],
  ['$thisItemIndex', itemIndex],
  ['$thisItem', thisItem],
  ['$parameter', parameters],
  ['$rawParameter', rawParameters],
  ['$self', () => ({})],
  ['$workflow', () => WORKFLOW],
  ['$execution', () => EXECUTION],
  ['$executionId', ({ scope }) => scope.executionId],
  ['$resumeWebhookUrl', ({ scope }) => scope.resumeUrl],
  ['$mode', ({ scope }) => scope.mode],
  ['$vars', (context) => lend<unknown>(context, context.scope.vars)],
  ['$env', () => ENV],
  ['$secrets', () => SECRETS],
  ['$now', now],
  ['$today', (context) => now(context).startOf('day')],
  ['$jmespath', () => JMESPATH],
  ['$jmesPath', () => JMESPATH],
  ['$fromAI', () => FROM_AI],
  ['$fromAi', () => FROM_AI],
  ['$fromai', () => FROM_AI],
  ['$nodeVersion', ({ scope }) => scope.node.typeVersion],
  ['$nodeId', ({ scope }) => scope.node.id],
  ['$webhookId', ({ scope }) => scope.node.webhookId],
  ...Object.entries(CALCULATIONS).map(([name, value]): [string, Variable] => [name, () => value]),
]);
