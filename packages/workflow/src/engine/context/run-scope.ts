import type { EvaluationScope } from '../../expression/index.ts';
import type { Batch, JsonObject } from '../../items/index.ts';
import type { Execution } from '../execution.ts';
import type { NodePlan } from '../node-plan.ts';
import type { Task } from '../state.types.ts';

/** What expressions of one run may know. */
export function createRunScope(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  runIndex: number,
): EvaluationScope {
  const { request, ports, graph, log, customData, evaluator } = execution;
  const { workflow, mode } = request;
  const open = new Set<string>();

  const scope: EvaluationScope = {
    node: plan.node,
    runIndex,
    input: expressionInput(execution, task),
    sources: task.sources,
    workflow: {
      id: workflow.id ?? '',
      name: workflow.name,
      active: workflow.active ?? false,
      nodes: graph.nodes,
      connections: workflow.connections,
    },
    runs: log.byNode,
    ...(mode === 'manual' && workflow.pinData && { pinData: workflow.pinData }),
    mode,
    executionId: request.executionId,
    resumeUrl: request.resumeUrl ?? '',
    timezone: execution.timezone,
    now: ports.clock.now,
    vars: request.vars ?? {},
    isStrict: workflow.settings?.strictExpressions === true,
    parameters(itemIndex): JsonObject {
      const resolved = plan.resolveAll?.((text) => {
        if (open.has(text)) return text;
        open.add(text);
        try {
          return evaluator.evaluate(text, scope, itemIndex);
        } catch {
          return undefined;
        } finally {
          open.delete(text);
        }
      });
      return isRecord(resolved) ? resolved : plan.parameters;
    },
    nodeState: execution.stateOf,
    customData,
  };
  return scope;
}

/**
 * The items expressions read (n8n-facts A6.28): the first input that has some; in order v0 input 0, or when that
 * is empty, the first input that the node itself or what comes after it feeds.
 */
export function expressionInput(
  { order, graph }: Execution,
  { node, inputs, sources }: Task,
): Batch {
  if (order !== 'v0') return inputs.find((batch) => batch && batch.length > 0) ?? [];
  const [first] = inputs;
  if (first && first.length > 0) return first;
  const after = graph.descendants(node);
  const looped = inputs.findIndex((batch, index) => {
    const from = sources[index]?.previousNode;
    return batch && batch.length > 0 && from !== undefined && (from === node || after.has(from));
  });
  return inputs[looped] ?? [];
}

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null;
