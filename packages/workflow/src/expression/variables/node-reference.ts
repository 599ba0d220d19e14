import type { Batch } from '../../items/index.ts';
import { toInteger, toText } from '../capabilities/coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../expression.errors.ts';
import { lend } from '../scope-data.ts';
import { Facade, native } from '../values.ts';
import { viewBatch, viewBinary, viewItem } from './item-view.ts';
import {
  ancestorsOf,
  connectedOutput,
  isExecuted,
  outputItems,
  requireExecuted,
  requireNode,
  runsOf,
} from './node-data.ts';
import { pairedItem } from './paired-item.ts';

/** `$("Node")`: what an earlier node put out. */
export function nodeReference(context: Context, name: unknown): Facade {
  const node = toText(context, name);
  requireNode(context.scope, node);
  const { scope } = context;
  const paired = native('pairedItem', (ctx, _, [index]) =>
    viewItem(ctx, pairedItem(scope, node, toInteger(ctx, index, ctx.itemIndex))),
  );
  const pick = (method: string, choose: (batch: Batch, ctx: Context) => unknown) =>
    native(method, (ctx, _, [output, run]) =>
      choose(outputItems(scope, node, optional(ctx, output), optional(ctx, run)), ctx),
    );
  return new Facade(
    `$("${node}")`,
    new Map<string, (context: Context) => unknown>([
      ['item', (ctx) => viewItem(ctx, pairedItem(scope, node, ctx.itemIndex))],
      ['pairedItem', () => paired],
      ['itemMatching', () => requireIndex(paired)],
      ['first', () => pick('first', (batch, ctx) => viewItem(ctx, batch[0]))],
      ['last', () => pick('last', (batch, ctx) => viewItem(ctx, batch.at(-1)))],
      ['all', () => pick('all', (batch, ctx) => viewBatch(ctx, batch))],
      ['params', (ctx) => lend<unknown>(ctx, scope.workflow.nodes.get(node)?.parameters)],
      ['context', (ctx) => lend<unknown>(ctx, scope.nodeState(node))],
      ['isExecuted', () => isExecuted(scope, node)],
    ]),
  );
}

const requireIndex = (paired: ReturnType<typeof native>) =>
  native('itemMatching', (context, self, args) => {
    if (args[0] === undefined) {
      throw new ExpressionError(
        'Missing item index for .itemMatching()',
        {},
        'Say which item: .itemMatching(0)',
      );
    }
    return paired.parts.call?.(context, self, args);
  });

const optional = (context: Context, value: unknown) =>
  value === undefined ? undefined : toInteger(context, value);

/** `$node["Name"]`, the older form: data at the current item index. */
export function legacyNode(name: string, context: Context): Facade {
  const { scope } = context;
  requireNode(scope, name);
  const item = (ctx: Context) => legacyItem(ctx, name);
  const json = (ctx: Context) => lend<unknown>(ctx, item(ctx).json);
  return new Facade(
    `$node["${name}"]`,
    new Map<string, (context: Context) => unknown>([
      ['json', json],
      ['data', json],
      ['binary', (ctx) => viewBinary(ctx, item(ctx))],
      ['context', (ctx) => lend<unknown>(ctx, scope.nodeState(name))],
      ['parameter', (ctx) => lend<unknown>(ctx, scope.workflow.nodes.get(name)?.parameters)],
      ['runIndex', () => runsOf(scope, name).length - 1],
    ]),
  );
}

function legacyItem({ scope, itemIndex }: Context, node: string) {
  requireExecuted(scope, node);
  if (node !== scope.node.name && !ancestorsOf(scope, scope.node.name).has(node)) {
    throw new ExpressionError(
      `connect "${node}" to "${scope.node.name}"`,
      { node, type: 'no_input_connection' },
      `Connect "${node}" to this node, directly or through others`,
    );
  }
  const batch = outputItems(scope, node, connectedOutput(scope, node));
  const item = batch[itemIndex];
  if (item) return item;
  throw new ExpressionError(
    `"${node}" node has ${batch.length} item(s) but you're trying to access item ${itemIndex}`,
    { node, itemIndex, type: 'no_execution_data' },
  );
}
