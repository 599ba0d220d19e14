import type { Context } from '../context.ts';
import { ExpressionError } from '../expression.errors.ts';
import { lend } from '../scope-data.ts';
import { Facade, native } from '../values.ts';
import { viewBatch, viewItem } from './item-view.ts';
import { currentItem } from './node-data.ts';

/** `$input`: the items that came in, and the node they came from. */
export const INPUT = new Facade(
  '$input',
  new Map<string, (context: Context) => unknown>([
    ['item', (context) => viewItem(context, currentItem(context.scope, context.itemIndex))],
    ['first', () => FIRST],
    ['last', () => LAST],
    ['all', () => ALL],
    ['params', (context) => lend<unknown>(context, previousNode(context)?.parameters)],
    [
      'context',
      (context) =>
        lend<unknown>(context, context.scope.nodeState(previousNode(context)?.name ?? '')),
    ],
  ]),
);

const FIRST = native('first', (context) => viewItem(context, items(context)[0]));
const LAST = native('last', (context) => viewItem(context, items(context).at(-1)));
const ALL = native('all', (context) => viewBatch(context, items(context)));

function items({ scope }: Context) {
  if (scope.input.length > 0) return scope.input;
  throw new ExpressionError(
    'No execution data available',
    { node: scope.node.name, type: 'no_execution_data' },
    'Execute the previous nodes first',
  );
}

function previousNode({ scope }: Context) {
  const source = scope.sources[0];
  return source ? scope.workflow.nodes.get(source.previousNode) : undefined;
}
