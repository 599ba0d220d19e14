import { NodeInterruptedError, NodeTypeError } from '../errors/index.ts';
import type { PinnedItem } from '../graph/index.ts';
import type { Item } from '../items/index.ts';
import { attempt } from './attempt.ts';
import { expressionInput } from './context/run-scope.ts';
import { toErrorData } from './error-data.ts';
import type { Execution } from './execution.ts';
import { finish, giveUp, type NodeEnd } from './node-end.ts';
import type { NodePlan } from './node-plan.ts';
import { pinnedItems } from './pinned.ts';
import type { Task } from './state.types.ts';

/** Runs one node on one task: pins, settings, attempts, and what its settings make of the result. */
export function runNode(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  runIndex: number,
): NodeEnd | Promise<NodeEnd> {
  const { request } = execution;
  const { node, type } = plan;
  if (node.disabled) return passThrough(task);

  const pinned = request.mode === 'manual' ? request.workflow.pinData?.[node.name] : undefined;
  if (pinned) return runPinned(execution, plan, task, pinned);
  if (!type) {
    const error = new NodeTypeError(node.type, node.typeVersion, []);
    return { type: 'failed', error: toErrorData(error, node.name), attempt: 1 };
  }
  if (!plan.isTrigger && expressionInput(execution, task).length === 0) {
    return { type: 'sent', outputs: null, attempt: 1 };
  }
  const crashed = request.crashed?.find(
    (each) => each.node === node.name && each.runIndex === runIndex,
  );
  if (crashed) {
    const thrown = new NodeInterruptedError(node.name);
    return giveUp(execution, plan, task, { thrown, attempt: crashed.attempt });
  }
  return attempt({ execution, plan, type, task, runIndex });
}

async function runPinned(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  pinned: readonly PinnedItem[],
): Promise<NodeEnd> {
  const items = await pinnedItems(pinned, execution.ports.binary);
  return finish(execution, plan, task, { outputs: [items], attempt: 1 });
}

/** A disabled node hands on what came on its first input. */
function passThrough({ inputs }: Task): NodeEnd {
  const batch = inputs[0];
  const outputs = batch
    ? [batch.map((item, index): Item => ({ ...item, pairedItem: { item: index } }))]
    : null;
  return { type: 'sent', outputs, attempt: 1 };
}
