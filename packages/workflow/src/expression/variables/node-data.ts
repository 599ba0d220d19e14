import type { Batch, Item } from '../../items/index.ts';
import type { RunRecord } from '../../ports/index.ts';
import { ExpressionError } from '../expression.errors.ts';
import { nearestName } from '../nearest.ts';
import type { EvaluationScope } from '../scope.ts';

/** The runs of a node so far; pinned data counts as one when there are none. */
export function runsOf(scope: EvaluationScope, node: string): readonly RunRecord[] {
  return scope.runs.get(node) ?? [];
}

export const isExecuted = (scope: EvaluationScope, node: string): boolean =>
  runsOf(scope, node).length > 0 ||
  (scope.mode === 'manual' && pinnedItems(scope, node) !== undefined);

/** @throws {ExpressionError} for a name no node has. */
export function requireNode(scope: EvaluationScope, node: string): void {
  if (scope.workflow.nodes.has(node)) return;
  const nearest = nearestName(node, scope.workflow.nodes.keys());
  throw new ExpressionError(
    "Referenced node doesn't exist",
    {
      node,
      name: node,
      itemIndex: 0,
      description: `The node "${node}" is named here, but the workflow has none of that name`,
      ...(nearest !== undefined && { nearest }),
    },
    nearest === undefined ? `Correct the name "${node}"` : `Did you mean "${nearest}"?`,
  );
}

/** @throws {ExpressionError} for a node that has no data yet. */
export function requireExecuted(scope: EvaluationScope, node: string): void {
  requireNode(scope, node);
  if (!isExecuted(scope, node)) throw notExecuted(node);
}

export const notExecuted = (node: string) =>
  new ExpressionError(
    `Node '${node}' hasn't been executed`,
    { node, name: node, type: 'no_execution_data' },
    `Execute "${node}" first, or test with \`$("${node}").isExecuted\``,
  );

function pinnedItems(scope: EvaluationScope, node: string): Batch | undefined {
  const { pinData } = scope;
  return pinData && Object.hasOwn(pinData, node) ? pinData[node] : undefined;
}

/**
 * Items a node put out.
 *
 * @param output - Output index; by default the one that leads to the current node.
 * @param run - Run index; by default, and for -1, the last.
 */
export function outputItems(
  scope: EvaluationScope,
  node: string,
  output?: number,
  run?: number,
): Batch {
  requireExecuted(scope, node);
  const runs = runsOf(scope, node);
  const record = run === undefined || run < 0 ? runs.at(-1) : runs[run];
  if (!record) return runs.length === 0 ? (pinnedItems(scope, node) ?? []) : missingRun(node, run);
  return record.outputs[output ?? connectedOutput(scope, node)] ?? [];
}

function missingRun(node: string, run: number | undefined): Batch {
  throw new ExpressionError(`Run ${run} of node "${node}" not found`, {
    node,
    type: 'no_node_execution_data',
  });
}

/** Output of `from` through which the current node is reached, else 0. */
export function connectedOutput(scope: EvaluationScope, from: string): number {
  const outputs = Object.hasOwn(scope.workflow.connections, from)
    ? scope.workflow.connections[from]?.['main']
    : undefined;
  const direct =
    outputs?.findIndex((ends) => ends?.some((end) => end.node === scope.node.name)) ?? -1;
  if (direct >= 0) return direct;
  const ancestors = ancestorsOf(scope, scope.node.name);
  const indirect = outputs?.findIndex((ends) => ends?.some((end) => ancestors.has(end.node))) ?? -1;
  return Math.max(indirect, 0);
}

/** Names of all nodes from which wires of type `main` lead to `node`. */
export function ancestorsOf(scope: EvaluationScope, node: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [node];
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    for (const parent of parentsOf(scope, target)) {
      if (found.has(parent)) continue;
      found.add(parent);
      open.push(parent);
    }
  }
  return found;
}

function parentsOf(scope: EvaluationScope, node: string): string[] {
  return Object.entries(scope.workflow.connections)
    .filter(([, types]) => types['main']?.some((ends) => ends?.some((end) => end.node === node)))
    .map(([name]) => name);
}

/** The current item. @throws {ExpressionError} when the input has none at that place. */
export function currentItem(scope: EvaluationScope, itemIndex: number): Item {
  const item = scope.input[itemIndex];
  if (item) return item;
  const node = scope.node.name;
  if (scope.input.length === 0)
    throw new ExpressionError(
      'No execution data available',
      { node, type: 'no_execution_data' },
      'Execute the previous nodes first',
    );
  const count = scope.input.length;
  throw new ExpressionError(
    `"${node}" node has ${count} item(s) but you're trying to access item ${itemIndex}`,
    { node, itemIndex, type: 'no_execution_data' },
  );
}
