import type { ErrorData, Outputs } from '../items/index.ts';
import type { RunRecord, RunStatus } from '../ports/index.ts';
import type { Execution } from './execution.ts';
import { pairItems } from './outputs.ts';
import { createRecorder } from './recorder.ts';
import { createReplay } from './replay.ts';
import type { ExecutionOutcome } from './run-execution.types.ts';
import type { NodeEnd } from './node-end.ts';
import { runNode } from './run-node.ts';
import type { Beginning } from './start-task.ts';
import type { StepEvent, Task } from './state.types.ts';

/** How an execution ended, without its runs. */
export type Ending = Omit<ExecutionOutcome, 'runs'>;

/** What a task came to: the machine's next event, or the end of this execution. */
export type Turn = StepEvent | { readonly type: 'over'; readonly outcome: Ending };

/** A run that has ended but is not recorded. */
export interface Ended {
  readonly task: Task;
  readonly runIndex: number;
  readonly startedAt: number;
  readonly end: NodeEnd;
}

/** What is done with one task: it is run and recorded, or gone past because it is recorded already. */
export function createTurns(execution: Execution, beginning: Beginning) {
  const { ports, log, request } = execution;
  const recorder = createRecorder(execution);
  const replay = createReplay(execution, beginning.replay);
  const ended = ({ node }: Task): StepEvent => ({ type: 'ended', node });

  /** Whether the task may run here: partial runs leave some out. */
  const mayRun = ({ node }: Task) => !beginning.only || beginning.only.has(node);

  /** The record of an earlier go that stands for the next run of a node. */
  const recordOf = ({ node }: Task) => replay.find(node, log.count(node));

  /** Runs the task's node; at once when the node waits for nothing. */
  function run(task: Task): Ended | Promise<Ended> {
    const { node } = task;
    const runIndex = log.count(node);
    const startedAt = ports.clock.now();
    ports.emit?.({ type: 'run-started', node, runIndex, attempt: 1, at: startedAt });
    const { given } = beginning;
    const end: NodeEnd | Promise<NodeEnd> =
      given?.node === node && log.all.length === 0
        ? { type: 'sent', outputs: pairItems(given.outputs, task), attempt: 1 }
        : runNode(execution, execution.planOf(node), task, runIndex);
    return end instanceof Promise
      ? end.then((late) => ({ task, runIndex, startedAt, end: late }))
      : { task, runIndex, startedAt, end };
  }

  /** Records what a run came to. The turn is there when the next run may follow. */
  function settle({ task, runIndex, startedAt, end }: Ended): Turn | Promise<Turn> {
    const { node, sources } = task;
    const record = (status: RunStatus, outputs: Outputs, error?: ErrorData): RunRecord => ({
      seq: log.nextSeq(),
      node,
      runIndex,
      attempt: end.attempt,
      status,
      startedAt,
      durationMs: ports.clock.now() - startedAt,
      sources,
      outputs,
      ...(error && { error }),
    });

    switch (end.type) {
      case 'sent': {
        if (end.outputs === null) return ended(task);
        const status = end.error ? 'error' : 'success';
        return after(
          recorder.record(record(status, end.outputs, end.error)),
          follow(task, runIndex, end.outputs),
        );
      }
      case 'failed':
        return after(recorder.record(record('error', [], end.error)), {
          type: 'over',
          outcome: { status: 'error', error: end.error, lastNode: node },
        });
      case 'canceled':
        return after(recorder.record(record('canceled', [])), {
          type: 'over',
          outcome: { status: 'canceled', lastNode: node },
        });
      case 'paused': {
        const { until, resume } = end.wait;
        const waiting = { node, resume, ...(until !== undefined && { until }) };
        return after(recorder.record(record('waiting', end.outputs)), {
          type: 'over',
          outcome: { status: 'waiting', lastNode: node, waiting },
        });
      }
      default:
        return end satisfies never;
    }
  }

  /** Goes past a recorded run. A pause is over when the request brings what resumes it. */
  async function again(task: Task, recorded: RunRecord): Promise<Turn> {
    const { node } = task;
    const { runIndex } = recorded;
    if (recorded.status !== 'waiting') {
      await replay.rebuildState(task, runIndex);
      log.add(recorded);
      return follow(task, runIndex, recorded.outputs);
    }
    if (!request.resume) {
      log.add(recorded);
      return {
        type: 'over',
        outcome: { status: 'waiting', lastNode: node, waiting: { node, resume: 'webhook' } },
      };
    }
    const outputs = pairItems(request.resume.outputs ?? recorded.outputs, task);
    const end: NodeEnd = { type: 'sent', outputs, attempt: recorded.attempt + 1 };
    return settle({ task, runIndex, startedAt: recorded.startedAt, end });
  }

  /** The destination's outputs go nowhere. */
  const follow = (task: Task, runIndex: number, outputs: Outputs): StepEvent =>
    task.node === request.destination
      ? ended(task)
      : { type: 'delivered', node: task.node, runIndex, outputs };

  return { mayRun, recordOf, run, settle, again, flush: recorder.settle };
}

const after = (written: Promise<void> | void, turn: Turn): Turn | Promise<Turn> =>
  written ? written.then(() => turn) : turn;

export type Turns = ReturnType<typeof createTurns>;
