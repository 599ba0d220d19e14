import { createGraph, type WorkflowGraph } from '../graph/index.ts';
import type { Batch, Outputs } from '../items/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { findStartNode } from './find-start.ts';
import { planPartialRun } from './partial/plan-partial-run.ts';
import type { EnginePorts, ExecutionRequest } from './run-execution.types.ts';
import { NoStartError } from './start.error.ts';
import type { ExecutionState, Task } from './state.types.ts';

/** How an execution begins: from its start node, after what is recorded, or in the middle. */
export interface Beginning {
  readonly state: ExecutionState;
  /** Runs that count as done and are in the log from the start (partial runs). */
  readonly kept: readonly RunRecord[];
  /** Recorded runs to go through again without running them (resumed executions). */
  readonly replay: readonly RunRecord[];
  /** What the start node puts out when it does not run itself. */
  readonly given?: { readonly node: string; readonly outputs: Outputs };
  /** Only these nodes may run; absent: all. */
  readonly only?: ReadonlySet<string>;
  /** Nodes this execution may come to: their parameters are checked first. */
  readonly reachable: ReadonlySet<string>;
}

/** Decides where to begin. An error means that there is no place to. */
export function planBeginning(
  request: ExecutionRequest,
  ports: EnginePorts,
): Beginning | { readonly error: Error } {
  const { workflow, destination, history = [], start, resume } = request;
  const graph = createGraph(workflow);
  if (destination !== undefined && !graph.nodes.has(destination)) {
    return { error: new NoStartError(workflow.name, destination) };
  }
  const startName = nameOfStart(request, ports);
  if (startName === undefined || !graph.nodes.has(startName)) {
    return { error: new NoStartError(workflow.name, start?.node) };
  }
  if (destination !== undefined && history.length > 0 && !resume) {
    return planPartialRun(workflow, graph, { destination, startName, history, mode: request.mode });
  }

  const only = destination === undefined ? undefined : pathTo(graph, destination);
  return {
    state: { ready: [startTask(startName, start?.items)], waiting: new Map() },
    kept: [],
    replay: history,
    ...(start?.outputs && { given: { node: startName, outputs: start.outputs } }),
    ...(only && { only }),
    reachable: only ?? new Set([startName, ...graph.descendants(startName)]),
  };
}

/** The first task: one empty item when nothing is given, and no source. */
export const startTask = (node: string, items: Batch = [{ json: {} }]): Task => ({
  node,
  inputs: [items],
  sources: [],
});

const pathTo = (graph: WorkflowGraph, destination: string): ReadonlySet<string> =>
  new Set([destination, ...graph.ancestors(destination)]);

function nameOfStart({ workflow, start, destination, mode }: ExecutionRequest, ports: EnginePorts) {
  if (start?.node !== undefined) return start.node;
  const prefer = PREFERRED_STARTS[mode];
  return findStartNode(workflow, ports.nodes, {
    ...(destination !== undefined && { destination }),
    ...(prefer && { prefer }),
  })?.name;
}

const PREFERRED_STARTS: Partial<Record<ExecutionRequest['mode'], string>> = {
  integrated: 'n8n-nodes-base.executeWorkflowTrigger',
  error: 'n8n-nodes-base.errorTrigger',
};
