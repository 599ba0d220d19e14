import type { RunRecord } from '../ports/index.ts';
import type { Drive } from './run-in-sequence.ts';
import type { Task } from './state.types.ts';
import { IDLE, step } from './step.ts';
import type { Ended, Ending, Turn } from './turns.ts';

/** Runs of one execution side by side. More wait: an execution must not take all there is. */
const MAX_RUNNING = 16;

interface Recorded {
  readonly task: Task;
  readonly record: RunRecord;
}

/**
 * All that is ready side by side (order `parallel`).
 *
 * Runs are recorded one at a time, and what a run leads to begins when it is recorded. So the order of the
 * journal decides everything: a resumed execution goes through its records in that order, finds the same
 * tasks, and then begins those that were under way.
 *
 * A pause or an error lets nothing begin any more. After a pause what runs is waited for and recorded; after
 * an error it is cancelled.
 */
export async function runInParallel({ execution, view, turns, state }: Drive): Promise<Ending> {
  const running = new Map<string, Promise<Ended>>();
  const recorded = new Map<string, Recorded>();
  const fresh: Task[] = [];
  let machine = step(view, IDLE, { type: 'begin', state });
  let ending: Ending | undefined;

  /** Takes note of every task that may begin now. */
  const collect = () => {
    while (machine.command.type === 'run') {
      const { task } = machine.command;
      const { node } = task;
      const record = turns.recordOf(task);
      if (!turns.mayRun(task)) {
        machine = step(view, machine.state, { type: 'ended', node });
        continue;
      }
      if (record) recorded.set(node, { task, record });
      else fresh.push(task);
      const isFull = running.size + recorded.size + fresh.length >= MAX_RUNNING;
      if (isFull) return;
      machine = step(view, machine.state, { type: 'room' });
    }
  };

  /** A node that throws here fails as one that throws later does. */
  const begin = async (task: Task) => turns.run(task);

  /** What ends next: what is recorded first, in the order of the journal. */
  const next = async (): Promise<Turn | undefined> => {
    const known = firstRecorded(recorded);
    if (known) {
      recorded.delete(known.task.node);
      return turns.again(known.task, known.record);
    }
    for (const task of fresh.splice(0)) running.set(task.node, begin(task));
    if (running.size === 0) return undefined;
    const ended = await Promise.race(running.values());
    running.delete(ended.task.node);
    return turns.settle(ended);
  };

  try {
    while (!ending) {
      if (execution.signal.aborted) ending = { status: 'canceled' };
      else {
        collect();
        const turn = await next();
        if (turn === undefined) return { status: 'success' };
        if (turn.type === 'over') ending = turn.outcome;
        else machine = step(view, machine.state, turn);
      }
    }
    return await settleRest(ending);
  } catch (error) {
    // A port failed: the execution is lost to this process, and so is all that runs for it.
    execution.deadline.stop();
    await Promise.allSettled(running.values());
    throw error;
  }

  /** Waits for what still runs. Another pause is not recorded: it begins anew when the execution goes on. */
  async function settleRest(first: Ending): Promise<Ending> {
    let result = first;
    if (result.status !== 'waiting') execution.deadline.stop();
    for (const run of running.values()) {
      const ended = await run;
      if (ended.end.type === 'paused') continue;
      const turn = await turns.settle(ended);
      if (result.status !== 'waiting' || turn.type !== 'over') continue;
      result = turn.outcome;
      execution.deadline.stop();
    }
    return result;
  }
}

const firstRecorded = (recorded: ReadonlyMap<string, Recorded>): Recorded | undefined =>
  [...recorded.values()].toSorted((a, b) => a.record.seq - b.record.seq)[0];
