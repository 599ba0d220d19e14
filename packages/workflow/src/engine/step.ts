import { deliver } from './deliver.ts';
import { releaseJoin } from './release-join.ts';
import type { ExecutionState, Step, StepEvent, StepView, Task } from './state.types.ts';

/** Nothing ready, nothing waiting. */
export const IDLE: ExecutionState = { ready: [], waiting: new Map() };

/**
 * The engine's state machine: what happened in, what to do next out. Pure; the driver runs nodes and records.
 *
 * One command comes out of each event: run the next task, or finish when nothing is left that may run. In
 * order `parallel` tasks run beside others: the driver asks for more with `room`, until it is told to await.
 */
export function step(view: StepView, state: ExecutionState, event: StepEvent): Step {
  const taken = take(view, state, event);
  return view.order === 'parallel' ? nextBeside(view, taken) : next(view, taken);
}

function take(view: StepView, state: ExecutionState, event: StepEvent): ExecutionState {
  switch (event.type) {
    case 'begin':
      return event.state;
    case 'delivered':
      return deliver(view, withoutRunning(state, event.node), event);
    case 'ended':
      return withoutRunning(state, event.node);
    case 'room':
      return state;
    default:
      return event satisfies never;
  }
}

function next(view: StepView, state: ExecutionState): Step {
  const [task, ...ready] = state.ready;
  if (task) return { state: { ...state, ready }, command: { type: 'run', task } };
  if (state.waiting.size === 0) return { state, command: { type: 'finish' } };
  const { task: joined, waiting } = releaseJoin(view, state.waiting);
  const rest = { ready: [], waiting };
  return joined
    ? { state: rest, command: { type: 'run', task: joined } }
    : { state: rest, command: { type: 'finish' } };
}

/** A node does one run at a time; a join that nothing under way leads to need not wait for the rest. */
function nextBeside(view: StepView, state: ExecutionState): Step {
  const running = state.running ?? new Set<string>();
  const at = state.ready.findIndex(({ node }) => !running.has(node));
  const task = state.ready[at];
  if (task) return begin({ ...state, ready: state.ready.toSpliced(at, 1) }, task);

  const active = new Set([...running, ...state.ready.map(({ node }) => node)]);
  const { task: joined, waiting } = releaseJoin(view, state.waiting, active);
  const rest = { ...state, waiting };
  if (joined) return begin(rest, joined);
  return { state: rest, command: { type: active.size > 0 ? 'await' : 'finish' } };
}

const begin = (state: ExecutionState, task: Task): Step => ({
  state: { ...state, running: new Set(state.running).add(task.node) },
  command: { type: 'run', task },
});

function withoutRunning(state: ExecutionState, node: string): ExecutionState {
  if (!state.running?.has(node)) return state;
  return { ...state, running: new Set([...state.running].filter((each) => each !== node)) };
}
