import type { Evaluator } from '../expression/index.ts';
import { createGraph } from '../graph/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { createCustomData } from './context/custom-data.ts';
import { createDeadline } from './deadline.ts';
import type { Execution } from './execution.ts';
import { planNode, type NodePlan } from './node-plan.ts';
import { createRunLog } from './run-log.ts';
import type { EnginePorts, ExecutionRequest } from './run-execution.types.ts';

/** Sets up what all runs of an execution share. Node plans are made when a node is first reached. */
export function createExecution(
  request: ExecutionRequest,
  ports: EnginePorts,
  evaluator: Evaluator,
  kept: readonly RunRecord[],
): Execution {
  const { workflow } = request;
  const graph = createGraph(workflow);
  const plans = new Map<string, NodePlan>();
  const states = new Map<string, Record<string, unknown>>();
  const deadline = createDeadline(request, ports.clock);
  const zone = workflow.settings?.timezone;

  return {
    request,
    ports,
    evaluator,
    graph,
    order: ORDERS.find((each) => each === workflow.settings?.executionOrder) ?? 'v0',
    timezone: zone && zone !== 'DEFAULT' ? zone : 'UTC',
    signal: deadline.signal,
    deadline,
    log: createRunLog(kept),
    customData: createCustomData(request.customData),
    stateOf(node) {
      const state = states.get(node) ?? {};
      states.set(node, state);
      return state;
    },
    planOf(name) {
      const planned = plans.get(name);
      if (planned) return planned;
      const node = graph.nodes.get(name);
      if (!node) throw new RangeError(`No node "${name}" in workflow "${workflow.name}"`);
      const plan = planNode(node, ports.nodes);
      plans.set(name, plan);
      return plan;
    },
  };
}

const ORDERS = ['v1', 'parallel'] as const;
