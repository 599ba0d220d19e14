import type { WorkflowGraph, WorkflowJson } from '../../graph/index.ts';
import type { ExecutionMode } from '../../node-api/index.ts';
import type { RunRecord } from '../../ports/index.ts';
import { startTask, type Beginning } from '../start-task.ts';
import { findStartNodes } from './find-start-nodes.ts';
import { recreateState } from './recreate-state.ts';

export interface PartialRequest {
  readonly destination: string;
  /** Where a full run would begin. */
  readonly startName: string;
  readonly history: readonly RunRecord[];
  readonly mode: ExecutionMode;
}

/**
 * Begins in the middle: reuses what is recorded and runs only what the destination needs anew (n8n-facts A14).
 */
export function planPartialRun(
  workflow: WorkflowJson,
  graph: WorkflowGraph,
  { destination, startName, history, mode }: PartialRequest,
): Beginning {
  const runs = runsByNode(history);
  const pinned = new Set(mode === 'manual' ? Object.keys(workflow.pinData ?? {}) : []);
  const trigger = triggerOf(graph, destination, startName, runs, pinned);
  const above = graph.ancestors(destination);
  const below = graph.descendants(trigger);
  const only = new Set(
    [...graph.nodes.keys()].filter(
      (name) =>
        (name === trigger || below.has(name)) &&
        (name === destination || above.has(name) || name === trigger),
    ),
  );
  const starts = findStartNodes({ graph, trigger, destination, only, runs, pinned });
  const cleared = new Set<string>();
  for (const start of starts) {
    cleared.add(start);
    for (const name of graph.descendants(start)) cleared.add(name);
  }
  const kept = history.filter(({ node }) => only.has(node) && !cleared.has(node));
  const state = recreateState(graph, { starts, only, runs: runsByNode(kept), pinned, workflow });
  return {
    state: starts.has(trigger) ? { ready: [startTask(trigger)], waiting: new Map() } : state,
    kept,
    replay: [],
    only,
    reachable: only,
  };
}

/** The destination itself, else a trigger above it that has run or is pinned, else where a full run begins. */
function triggerOf(
  graph: WorkflowGraph,
  destination: string,
  startName: string,
  runs: ReadonlyMap<string, readonly RunRecord[]>,
  pinned: ReadonlySet<string>,
): string {
  const roots = graph.roots();
  if (roots.includes(destination)) return destination;
  const above = graph.ancestors(destination);
  const candidates = roots.filter((name) => above.has(name) && !graph.nodes.get(name)?.disabled);
  return (
    candidates.find((name) => runs.has(name)) ??
    candidates.find((name) => pinned.has(name)) ??
    (above.has(startName) ? startName : (candidates[0] ?? startName))
  );
}

export function runsByNode(history: readonly RunRecord[]): Map<string, RunRecord[]> {
  const runs = new Map<string, RunRecord[]>();
  for (const run of history) {
    const held = runs.get(run.node);
    if (held) held.push(run);
    else runs.set(run.node, [run]);
  }
  return runs;
}
