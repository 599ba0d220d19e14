import type { WorkflowGraph } from '../../graph/index.ts';
import type { RunRecord } from '../../ports/index.ts';

interface Search {
  readonly graph: WorkflowGraph;
  readonly trigger: string;
  readonly destination: string;
  /** The nodes between trigger and destination. */
  readonly only: ReadonlySet<string>;
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly pinned: ReadonlySet<string>;
}

/**
 * The earliest node of each branch that has to run anew (n8n-facts A14.70).
 *
 * Only outputs that have data are followed. A loop whose output "done" is empty is not over, so it is one; a
 * node inside a cycle gives way to the cycle's entry. The destination always runs.
 */
export function findStartNodes(search: Search): ReadonlySet<string> {
  const { graph, trigger, destination, only, runs, pinned } = search;
  const found = new Set<string>();
  const seen = new Set<string>();

  const isDirty = (name: string) => {
    if (name === destination) return true;
    if (pinned.has(name)) return false;
    const last = runs.get(name)?.at(-1);
    return last === undefined || last.error !== undefined || last.status !== 'success';
  };

  const visit = (name: string) => {
    if (seen.has(name) || !only.has(name)) return;
    seen.add(name);
    const last = runs.get(name)?.at(-1);
    const done = doneOutput(graph, name);
    const isOpenLoop = done !== undefined && !last?.outputs[done]?.length;
    if (isDirty(name) || isOpenLoop) {
      found.add(cycleEntry(graph, name, seen));
      return;
    }
    for (const [output, wires] of graph.outgoing(name).entries()) {
      const hasData = pinned.has(name) ? output === 0 : Boolean(last?.outputs[output]?.length);
      if (hasData) for (const wire of wires) visit(wire.to);
    }
  };

  visit(trigger);
  return found;
}

/** The output on which a loop sends what it is done with; `undefined` for what is no loop. */
function doneOutput(graph: WorkflowGraph, name: string): number | undefined {
  const node = graph.nodes.get(name);
  if (!node?.type.endsWith('.splitInBatches') || !graph.descendants(name).has(name))
    return undefined;
  return node.typeVersion === 2 ? 1 : 0;
}

/** The node through which the walk came into the cycle that `name` is on; `name` itself outside cycles. */
function cycleEntry(graph: WorkflowGraph, name: string, walked: ReadonlySet<string>): string {
  const after = graph.descendants(name);
  if (!after.has(name)) return name;
  const cycle = new Set([...after].filter((each) => graph.descendants(each).has(name)));
  return [...walked].find((each) => cycle.has(each)) ?? name;
}
