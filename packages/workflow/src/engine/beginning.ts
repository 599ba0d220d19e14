import { createGraph, type WorkflowGraph } from '../graph/index.ts';
import { findStartNode } from './find-start.ts';
import { planPartialRun } from './partial/plan-partial-run.ts';
import type { EnginePorts, ExecutionRequest } from './run-execution.types.ts';
import { NoStartError } from './start.error.ts';
import { startTask, type Beginning } from './start-task.ts';

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
