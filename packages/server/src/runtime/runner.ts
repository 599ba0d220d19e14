import type { NodeLogger } from '@millrace/workflow/node-api';
import type { Clock } from '@millrace/workflow/ports';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import type { Job } from './job.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import type { Leases } from './leases.ts';
import { createLane } from './lane.ts';
import type { LoadJob } from './load-job.ts';
import type { QueueEntry } from './queue/queue.types.ts';
import type { Limits, OwnLimits } from './limits/index.ts';
import type { ExecutionEnd, ReachPoint } from './runtime.types.ts';
import { takeUp } from './takeover.ts';

export interface RunnerOptions {
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly logger: NodeLogger;
  readonly limits: Limits;
  readonly maxRestarts: number | undefined;
  readonly load: LoadJob;
  readonly reach: ReachPoint;
  run(job: Job): Promise<ExecutionEnd>;
  /** Hears of one that ended or pauses although nothing of it was run. */
  parked(job: Job, end: ExecutionEnd): void;
  /** Hears how each one ended, or why it could not be carried on. */
  ended(job: Job, end: ExecutionEnd): Promise<void>;
  failed(job: Job, error: unknown): void;
  /** Given back: others may begin them at once. */
  released(given: readonly { readonly id: string; readonly fence: number }[]): void;
}

/** What this process runs. */
export interface Runner {
  /** Keeps a job this process holds until its turn, so that it need not be read again. */
  keep(job: Job): void;
  /** Takes an execution and runs it; nothing when somebody else has it. */
  runEntry(entry: QueueEntry): Promise<void>;
  runJob(job: Job): Promise<void>;
  /** Ends what runs here, for a reason. */
  stop(id: string, reason: Error): void;
  /** Whether it runs here and was begun by another holder before. */
  isAgain(id: string): boolean;
  /** Ids this process holds. */
  held(): string[];
  /** Those of them that stand in the database, and so have a lease to renew there. */
  leased(): string[];
  readonly kept: number;
  /** Lets what runs end for so long, then gives the rest back to others. */
  drain(ms: number): Promise<void>;
}

export function createRunner(options: RunnerOptions): Runner {
  const { leases, clock, logger, limits, reach } = options;
  const kept = new Map<string, Job>();
  const running = new Map<string, { job: Job; done: Promise<void> }>();
  const stored = new WeakSet<Job>();
  const suspects = createLane();

  async function runEntry(entry: QueueEntry): Promise<void> {
    // Its lease may look old here after the event loop was blocked: it goes on all the same.
    if (running.has(entry.id)) return;
    try {
      const job = kept.get(entry.id) ?? (await claim(entry));
      kept.delete(entry.id);
      if (job) await runJob(job);
    } catch (error) {
      logger.error('Execution could not be taken up', {
        executionId: entry.id,
        error: String(error),
      });
    }
  }

  async function claim(entry: QueueEntry): Promise<Job | undefined> {
    reach('before-claim');
    const row = await leases.claim(entry.id);
    if (!row) return undefined;
    reach('after-claim');
    return options.load(row, entry.replyTo);
  }

  function runJob(job: Job): Promise<void> {
    const entry = { job, done: Promise.resolve() };
    running.set(job.row.id, entry);
    entry.done = carryOn(job);
    return entry.done;
  }

  async function carryOn(job: Job): Promise<void> {
    try {
      if (job.stored) {
        await job.stored;
        stored.add(job);
      }
      const held = limits.before(job);
      await (held ? runInPlace(job, held) : goOn(job));
    } catch (error) {
      settleFailed(job, error);
    } finally {
      running.delete(job.row.id);
    }
  }

  function goOn(job: Job): Promise<void> {
    // Held once: it begins here. More often: somebody had it before.
    if (job.row.fence <= 1) return runToEnd(job);
    const isSuspect = job.row.restarts > 0 && job.history.length <= job.row.restartRuns;
    // One at a time: when the process dies again, only the one that did it is counted.
    return isSuspect ? suspects.run(() => runAgain(job)) : runAgain(job);
  }

  async function runAgain(job: Job): Promise<void> {
    const taken = await takeUp(job, options);
    if ('end' in taken) {
      logger.warn('Execution is not taken up again', {
        executionId: job.row.id,
        error: taken.end.error?.message ?? '',
      });
      options.parked(job, taken.end);
      limits.left(job);
      return options.ended(job, taken.end);
    }
    await runToEnd(taken.job);
  }

  async function runInPlace(job: Job, held: OwnLimits): Promise<void> {
    const isStart = job.row.status === 'new';
    const row = await limits.enter(job, held);
    // Else whoever makes room for it offers it again.
    if (row) await (isStart ? runToEnd({ ...job, row }) : goOn({ ...job, row }));
  }

  async function runToEnd(job: Job): Promise<void> {
    const end = await options.run(job);
    limits.left(job);
    await options.ended(job, end);
  }

  function settleFailed(job: Job, error: unknown): void {
    const { id } = job.row;
    const { signal } = job.cancel;
    if (
      error instanceof LeaseLostError &&
      signal.aborted &&
      !(signal.reason instanceof LeaseLostError)
    ) {
      const none = { lastNode: undefined, error: undefined, runs: [] };
      limits.left(job);
      void options.ended(job, { id, status: 'canceled', ...none });
      return;
    }
    logger.error('Execution could not be carried on', { executionId: id, error: String(error) });
    options.failed(job, error);
  }

  return {
    keep(job) {
      kept.set(job.row.id, job);
      // A failure is told where the job is run.
      job.stored?.then(
        () => stored.add(job),
        () => undefined,
      );
    },
    runEntry,
    runJob,
    stop(id, reason) {
      const job = kept.get(id) ?? running.get(id)?.job;
      kept.delete(id);
      job?.cancel.abort(reason);
    },
    isAgain: (id) => (running.get(id)?.job.row.fence ?? 0) > 1,
    held: () => [...kept.keys(), ...running.keys()],
    leased: () =>
      [...kept.values(), ...[...running.values()].map(({ job }) => job)]
        .filter((job) => stored.has(job))
        .map(({ row }) => row.id),
    get kept() {
      return kept.size;
    },
    async drain(ms) {
      options.released(await leases.release([...kept.keys()]));
      kept.clear();
      const all = Promise.allSettled([...running.values()].map(({ done }) => done));
      const timeout = AbortSignal.timeout(ms);
      await Promise.race([
        all,
        new Promise((resolve) => timeout.addEventListener('abort', resolve)),
      ]);
      if (!running.size) return;
      logger.warn('Giving back executions that have not ended', { count: running.size });
      options.released(await leases.release([...running.keys()]));
      for (const [id, { job }] of running) job.cancel.abort(new LeaseLostError(id));
      await Promise.race([all, clock.sleep(1000)]);
    },
  };
}
