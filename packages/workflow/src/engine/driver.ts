import type { ErrorData, Outputs } from '../items/index.ts';
import type { RunRecord, RunStatus } from '../ports/index.ts';
import type { Beginning } from './start-task.ts';
import { createRecorder } from './recorder.ts';
import { createReplay } from './replay.ts';
import type { Execution } from './execution.ts';
import { pairItems } from './outputs.ts';
import { requiredInputs } from './required-inputs.ts';
import type { ExecutionOutcome } from './run-execution.types.ts';
import { runNode, type NodeEnd } from './run-node.ts';
import type { StepEvent, StepView, Task } from './state.types.ts';
import { IDLE, step } from './step.ts';

/** After so long without a pause others get their turn on the event loop. */
const TURN_MS = 20;

/** What a task came to: the machine's next event, or the end of this execution. */
type Turn = StepEvent | { readonly type: 'over'; readonly outcome: Omit<ExecutionOutcome, 'runs'> };

/** Drives the state machine: runs what it says, records, and tells it what happened. */
export function createDriver(execution: Execution, beginning: Beginning) {
  const { ports, log, signal, request } = execution;
  const recorder = createRecorder(execution);
  const replay = createReplay(execution, beginning.replay);
  const view: StepView = {
    graph: execution.graph,
    order: execution.order,
    hasRun: (node) => log.count(node) > 0,
    requiredInputs: (node) => requiredInputs(execution, node),
  };

  async function run(): Promise<ExecutionOutcome> {
    let turnEndsAt = ports.clock.now() + TURN_MS;
    let { state, command } = step(view, IDLE, { type: 'begin', state: beginning.state });

    while (command.type === 'run') {
      if (signal.aborted) return end({ status: 'canceled' });
      if (ports.clock.now() >= turnEndsAt) {
        await ports.clock.sleep(0).catch(() => undefined);
        turnEndsAt = ports.clock.now() + TURN_MS;
      }
      const turn = await take(command.task);
      if (turn.type === 'over') return end(turn.outcome);
      ({ state, command } = step(view, state, turn));
    }
    return end({ status: 'success' });
  }

  async function end(outcome: Omit<ExecutionOutcome, 'runs'>): Promise<ExecutionOutcome> {
    await recorder.settle();
    const custom = execution.customData.getAll();
    const lastNode = outcome.lastNode ?? log.all.at(-1)?.node;
    return {
      ...outcome,
      ...(lastNode !== undefined && { lastNode }),
      runs: log.all,
      ...(Object.keys(custom).length > 0 && { customData: custom }),
    };
  }

  async function take(task: Task): Promise<Turn> {
    const { node } = task;
    if (beginning.only && !beginning.only.has(node)) return { type: 'ended' };
    const runIndex = log.count(node);
    const recorded = replay.find(node, runIndex);
    if (recorded) return again(task, runIndex, recorded);

    const plan = execution.planOf(node);
    const startedAt = ports.clock.now();
    ports.emit?.({ type: 'run-started', node, runIndex, attempt: 1, at: startedAt });
    const { given } = beginning;
    const ended: NodeEnd =
      given?.node === node && log.all.length === 0
        ? { type: 'sent', outputs: pairItems(given.outputs, task), attempt: 1 }
        : await runNode(execution, plan, task, runIndex);
    return settle(task, runIndex, startedAt, ended);
  }

  async function settle(
    task: Task,
    runIndex: number,
    startedAt: number,
    ended: NodeEnd,
  ): Promise<Turn> {
    const { node, sources } = task;
    const record = (status: RunStatus, outputs: Outputs, error?: ErrorData): RunRecord => ({
      seq: log.nextSeq(),
      node,
      runIndex,
      attempt: ended.attempt,
      status,
      startedAt,
      durationMs: ports.clock.now() - startedAt,
      sources,
      outputs,
      ...(error && { error }),
    });

    switch (ended.type) {
      case 'sent': {
        if (ended.outputs === null) return { type: 'ended' };
        const status = ended.error ? 'error' : 'success';
        await recorder.record(record(status, ended.outputs, ended.error));
        return follow(node, runIndex, ended.outputs);
      }
      case 'failed':
        await recorder.record(record('error', [], ended.error));
        return { type: 'over', outcome: { status: 'error', error: ended.error, lastNode: node } };
      case 'canceled':
        await recorder.record(record('canceled', []));
        return { type: 'over', outcome: { status: 'canceled', lastNode: node } };
      case 'paused': {
        const { until, resume } = ended.wait;
        await recorder.record(record('waiting', ended.outputs));
        const waiting = { node, resume, ...(until !== undefined && { until }) };
        return { type: 'over', outcome: { status: 'waiting', lastNode: node, waiting } };
      }
      default:
        return ended satisfies never;
    }
  }

  /** Goes past a recorded run. A pause is over when the request brings what resumes it. */
  async function again(task: Task, runIndex: number, recorded: RunRecord): Promise<Turn> {
    const { node } = task;
    if (recorded.status !== 'waiting') {
      await replay.rebuildState(task, runIndex);
      log.add(recorded);
      return follow(node, runIndex, recorded.outputs);
    }
    if (!request.resume) {
      log.add(recorded);
      return {
        type: 'over',
        outcome: { status: 'waiting', lastNode: node, waiting: { node, resume: 'webhook' } },
      };
    }
    const outputs = pairItems(request.resume.outputs ?? recorded.outputs, task);
    const ended: NodeEnd = { type: 'sent', outputs, attempt: recorded.attempt + 1 };
    return settle(task, runIndex, recorded.startedAt, ended);
  }

  /** The destination's outputs go nowhere. */
  const follow = (node: string, runIndex: number, outputs: Outputs): StepEvent =>
    node === request.destination
      ? { type: 'ended' }
      : { type: 'delivered', node, runIndex, outputs };

  return { run };
}
