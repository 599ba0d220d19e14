import { MillraceError, NodeInterruptedError } from '@millrace/workflow/errors';
import { toErrorData } from '@millrace/workflow/engine';
import type { Clock } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../db/index.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import { readInFlight } from './in-flight.ts';
import type { Job } from './job.ts';
import type { Leases } from './leases.ts';
import type { ExecutionEnd } from './runtime.types.ts';

/** Times an execution is begun again without getting further, before it is left alone. */
export const MAX_RESTARTS = 3;

/** What became of a job that others held before: it goes on, or it ended or paused here. */
export type TakenUp = { readonly job: Job } | { readonly end: ExecutionEnd };

/**
 * Before an execution that others held goes on, its row says that it is begun again: one that takes
 * its process down each time is found out and parked. So is one cut off in a node that asks.
 */
export async function takeUp(
  job: Job,
  {
    writer,
    clock,
    leases,
    maxRestarts = MAX_RESTARTS,
  }: {
    writer: GroupCommit<ExecutionWrite>;
    clock: Clock;
    leases: Pick<Leases, 'next'>;
    maxRestarts?: number | undefined;
  },
): Promise<TakenUp> {
  const { row, workflow, history } = job;
  const hasGrown = history.length > row.restartRuns;
  const restarts = hasGrown ? 1 : row.restarts + 1;
  const store = (update: ExecutionRow) => writer.add({ id: row.id, fence: row.fence, update });
  const unheld = { leaseOwner: null, leaseUntil: null };

  if (restarts > maxRestarts) {
    const error = new CrashLoopError(row.id, maxRestarts);
    const stored = JSON.stringify(toErrorData(error));
    const lastNode = history.at(-1)?.node ?? null;
    const finishedAt = clock.now();
    await store({ ...row, ...unheld, status: 'error', error: stored, lastNode, finishedAt });
    return { end: endOf(job, 'error', error) };
  }

  const { undecided, failed } = readInFlight(row.inFlight, { workflow: workflow.json, history });
  const [first] = undecided;
  if (first) {
    const error = new NodeInterruptedError(first.node);
    const inFlight = JSON.stringify(undecided);
    const stored = JSON.stringify(toErrorData(error, first.node));
    const waiting = { status: 'waiting' as const, waitNode: first.node, waitUntil: null };
    await store({ ...row, ...unheld, ...waiting, error: stored, inFlight });
    return { end: endOf(job, 'waiting', error) };
  }

  const restartRuns = hasGrown ? history.length : row.restartRuns;
  const status = 'running' as const;
  const startedAt = row.startedAt ?? clock.now();
  const leaseUntil = leases.next().until;
  const begun = { ...row, status, startedAt, restarts, restartRuns, leaseUntil };
  await store(begun);
  return { job: { ...job, row: begun, crashed: failed } };
}

const endOf = (
  { row, history }: Job,
  status: 'error' | 'waiting',
  error: MillraceError,
): ExecutionEnd => ({
  id: row.id,
  status,
  lastNode: history.at(-1)?.node,
  error: toErrorData(error),
  runs: history,
});

/** It took its process down as often as it was begun. */
class CrashLoopError extends MillraceError<{ executionId: string; restarts: number }> {
  readonly code = 'ENGINE_CRASH_LOOP';

  constructor(executionId: string, restarts: number) {
    super(`The process ended ${restarts + 1} times while this execution was at the same place`, {
      details: { executionId, restarts },
      fix: 'Find out what the node it stopped at does to the process, then retry it from there',
    });
  }
}
