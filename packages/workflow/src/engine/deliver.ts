import type { Wire } from '../graph/index.ts';
import type { Batch, Outputs, RunSource } from '../items/index.ts';
import { forcedTasks } from './force-roots.ts';
import type { ExecutionState, Slot, StepView, Task } from './state.types.ts';

/** A finished run whose outputs go along its wires. */
export interface Delivery {
  readonly node: string;
  readonly runIndex: number;
  readonly outputs: Outputs;
}

interface Arrival {
  readonly to: string;
  readonly input: number;
  readonly batch: Batch;
  readonly source: RunSource;
}

/**
 * Sends a finished node's outputs along its wires (n8n-facts A5).
 *
 * v1 puts successors ahead of what was ready, top-most then left-most first, so one branch ends before the
 * next begins. v0 puts them behind, in wire order. An output without items ends its branch; in v0 it still
 * reaches inputs after the first. Order `parallel` is v1's with a rule per join.
 */
export function deliver(view: StepView, state: ExecutionState, done: Delivery): ExecutionState {
  const arrivals = arrivalsOf(view, done);
  if (view.order !== 'v0') arrivals.sort(byPositionLastFirst(view));
  return arrivals.reduce((grown, arrival) => arrive(view, grown, arrival), state);
}

function arrivalsOf({ graph, order }: StepView, { node, runIndex, outputs }: Delivery): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const [output, wires] of graph.outgoing(node).entries()) {
    const batch = outputs[output];
    if (!batch) continue;
    for (const wire of wires) {
      if (!reaches(wire, batch, order)) continue;
      arrivals.push({
        to: wire.to,
        input: wire.input,
        batch,
        source: { previousNode: node, previousNodeOutput: output, previousNodeRun: runIndex },
      });
    }
  }
  return arrivals;
}

const reaches = (wire: Wire, batch: Batch, order: StepView['order']) =>
  batch.length > 0 || (order === 'v0' && wire.input > 0);

/** Each arrival is put at the front, so the one to run first comes last; equal positions turn round. */
const byPositionLastFirst = ({ graph }: StepView) => {
  const position = (name: string) => graph.nodes.get(name)?.position ?? [0, 0];
  return (a: Arrival, b: Arrival) => {
    const [ax, ay] = position(a.to);
    const [bx, by] = position(b.to);
    return by - ay || bx - ax;
  };
};

function arrive(view: StepView, state: ExecutionState, arrival: Arrival): ExecutionState {
  const { to } = arrival;
  const inputCount = view.graph.inputCount(to);
  const rule = view.order === 'parallel' ? view.joinRule(to) : 'all';
  if (rule === 'first') {
    if (state.closed?.has(to)) return state;
    return enqueue(view, { ...state, closed: new Set(state.closed).add(to) }, alone(arrival));
  }
  if (inputCount > 1 && rule === 'all') return park(view, state, arrival, inputCount);
  return enqueue(view, state, alone(arrival));
}

/** A task with this batch only. */
function alone({ to, input, batch, source }: Arrival): Task {
  const inputs = Array<Batch | null>(input + 1).fill(null);
  const sources = Array<RunSource | null>(input + 1).fill(null);
  inputs[input] = batch;
  sources[input] = source;
  return { node: to, inputs, sources };
}

function park(
  view: StepView,
  state: ExecutionState,
  { to, input, batch, source }: Arrival,
  inputCount: number,
): ExecutionState {
  const slots = state.waiting.get(to) ?? [];
  const free = slots.findIndex((slot) => slot.inputs[input] === null);
  const open = slots[free] ?? emptySlot(inputCount);
  const filled: Slot = {
    inputs: open.inputs.with(input, batch),
    sources: open.sources.with(input, source),
  };

  const waiting = new Map(state.waiting);
  if (filled.inputs.every((each) => each !== null)) {
    const left = slots.filter((_, index) => index !== free);
    if (left.length > 0) waiting.set(to, left);
    else waiting.delete(to);
    return enqueue(view, { ...state, waiting }, { node: to, ...filled });
  }

  waiting.set(to, free === -1 ? [...slots, filled] : slots.with(free, filled));
  const parked = { ...state, waiting };
  if (view.order !== 'v0' || free !== -1) return parked;
  return {
    ...parked,
    ready: [...parked.ready, ...forcedTasks(view, parked, to, input, source.previousNode)],
  };
}

const emptySlot = (inputCount: number): Slot => ({
  inputs: Array<Batch | null>(inputCount).fill(null),
  sources: Array<RunSource | null>(inputCount).fill(null),
});

const enqueue = (view: StepView, state: ExecutionState, task: Task): ExecutionState => ({
  ...state,
  ready: view.order === 'v0' ? [...state.ready, task] : [task, ...state.ready],
});
