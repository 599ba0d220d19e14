import type { Execution } from './execution.ts';
import type { ExecutionState, StepView, Task } from './state.types.ts';
import { IDLE, step } from './step.ts';
import type { Ending, Turn, Turns } from './turns.ts';

/** What both ways of running need. */
export interface Drive {
  readonly execution: Execution;
  readonly view: StepView;
  readonly turns: Turns;
  /** Where it begins. */
  readonly state: ExecutionState;
}

/** After so long without a pause others get their turn on the event loop. */
const TURN_MS = 20;

/** One run after the other, as orders v0 and v1 want it. */
export async function runInSequence(drive: Drive): Promise<Ending> {
  const { execution, view, turns } = drive;
  const { clock } = execution.ports;
  let turnEndsAt = clock.now() + TURN_MS;
  let { state, command } = step(view, IDLE, { type: 'begin', state: drive.state });

  while (command.type === 'run') {
    if (execution.signal.aborted) return { status: 'canceled' };
    if (clock.now() >= turnEndsAt) {
      await clock.sleep(0).catch(() => undefined);
      turnEndsAt = clock.now() + TURN_MS;
    }
    const taken = take(turns, command.task);
    const turn = taken instanceof Promise ? await taken : taken;
    if (turn.type === 'over') return turn.outcome;
    ({ state, command } = step(view, state, turn));
  }
  return { status: 'success' };
}

/** At once for nodes that wait for nothing. */
function take(turns: Turns, task: Task): Turn | Promise<Turn> {
  if (!turns.mayRun(task)) return { type: 'ended', node: task.node };
  const recorded = turns.recordOf(task);
  if (recorded) return turns.again(task, recorded);
  const ended = turns.run(task);
  return ended instanceof Promise ? ended.then(turns.settle) : turns.settle(ended);
}
