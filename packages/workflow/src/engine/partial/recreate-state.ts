import type { WorkflowGraph, WorkflowJson } from '../../graph/index.ts';
import type { Batch, RunSource } from '../../items/index.ts';
import type { RunRecord } from '../../ports/index.ts';
import type { ExecutionState, Slot, Task } from '../state.types.ts';

interface Recorded {
  readonly starts: ReadonlySet<string>;
  readonly only: ReadonlySet<string>;
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly pinned: ReadonlySet<string>;
  readonly workflow: WorkflowJson;
}

/** What would be ready, and what would wait, had the kept runs just happened. */
export function recreateState(graph: WorkflowGraph, recorded: Recorded): ExecutionState {
  const ready: Task[] = [];
  const waiting = new Map<string, readonly Slot[]>();
  for (const node of recorded.starts) {
    const count = graph.inputCount(node);
    if (count <= 1) {
      ready.push(...singleInputTasks(graph, node, recorded));
      continue;
    }
    const slot = joinSlot(graph, node, recorded);
    if (slot.inputs.every((batch) => batch !== null)) ready.push({ node, ...slot });
    else if (slot.inputs.some((batch) => batch !== null)) waiting.set(node, [slot]);
  }
  for (const join of recorded.only) {
    if (recorded.starts.has(join) || recorded.runs.has(join) || graph.inputCount(join) <= 1)
      continue;
    const slot = joinSlot(graph, join, recorded);
    if (slot.inputs.some((batch) => batch !== null)) waiting.set(join, [slot]);
  }
  return { ready, waiting };
}

function singleInputTasks(graph: WorkflowGraph, node: string, recorded: Recorded): Task[] {
  const [wires = []] = graph.incoming(node);
  return wires.flatMap((wire) => {
    const sent = lastSent(wire.from, wire.output, recorded);
    return sent ? [{ node, inputs: [sent.batch], sources: [sent.source] }] : [];
  });
}

function joinSlot(graph: WorkflowGraph, node: string, recorded: Recorded): Slot {
  const sent = graph.incoming(node).map((wires) => {
    for (const wire of wires) {
      const found = lastSent(wire.from, wire.output, recorded);
      if (found) return found;
    }
    return undefined;
  });
  return {
    inputs: sent.map((each) => each?.batch ?? null),
    sources: sent.map((each) => each?.source ?? null),
  };
}

/** What a node last put on an output; pinned data before run data. */
function lastSent(
  node: string,
  output: number,
  { runs, pinned, workflow }: Recorded,
): { readonly batch: Batch; readonly source: RunSource } | undefined {
  const pins = pinned.has(node) && output === 0 ? workflow.pinData?.[node] : undefined;
  const records = runs.get(node) ?? [];
  const run = Math.max(0, records.length - 1);
  const batch = pins ?? records[run]?.outputs[output];
  if (!batch || batch.length === 0) return undefined;
  return {
    batch,
    source: { previousNode: node, previousNodeOutput: output, previousNodeRun: run },
  };
}
