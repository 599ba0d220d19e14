import { deliver } from './deliver.ts';
import { releaseJoin } from './release-join.ts';
import type { ExecutionState, Step, StepEvent, StepView } from './state.types.ts';

/** Nothing ready, nothing waiting. */
export const IDLE: ExecutionState = { ready: [], waiting: new Map() };

/**
 * The engine's state machine: what happened in, what to do next out. Pure; the driver runs nodes and records.
 *
 * One command comes out of each event: run the next task, or finish when nothing is left that may run.
 */
export function step(view: StepView, state: ExecutionState, event: StepEvent): Step {
  return next(view, take(view, state, event));
}

function take(view: StepView, state: ExecutionState, event: StepEvent): ExecutionState {
  switch (event.type) {
    case 'begin':
      return event.state;
    case 'delivered':
      return deliver(view, state, event);
    case 'ended':
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
