import type { Clock } from '@millrace/workflow/ports';
import type { NodeLogger } from '@millrace/workflow/node-api';
import { ExecutionEntity, newId, type Database } from '../db/index.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import { errorWorkflowFor } from './error-workflow.ts';
import { newRow, runRow } from './execution-rows.ts';
import { newJob, type Job } from './job.ts';
import type { Leases } from './leases.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import { createMemoryQueue } from './memory-queue.ts';
import type { AcceptRequest, Accepted, ExecutionEnd, Executions } from './runtime.types.ts';
import type { RunChild } from './subworkflows.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';

export interface ExecutionsOptions {
  readonly db: Database;
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly workflows: WorkflowCache;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly logger: NodeLogger;
  readonly concurrency: number;
  readonly publicUrl: string;
  run(job: Job): Promise<ExecutionEnd>;
}

/** With more than this in the queue, executions left behind by others are left for a later sweep. */
const MAX_WARM = 1000;

/** Accepting, queueing and ending executions. The queue hands out ids; jobs are what they stand for. */
export function createExecutions(options: ExecutionsOptions) {
  const { writer, workflows, leases, clock, logger } = options;
  const warm = new Map<string, Job>();
  const running = new Map<string, Job>();
  const queue = createMemoryQueue({ concurrency: options.concurrency, run: runQueued });

  const load = (request: AcceptRequest): LoadedWorkflow | Promise<LoadedWorkflow> =>
    request.versionId !== undefined
      ? workflows.version(request.versionId)
      : workflows.snapshot(request.workflowId, request.snapshot ?? EMPTY);

  function makeJob(request: AcceptRequest, workflow: LoadedWorkflow, mayDefer: boolean): Job {
    const id = request.id ?? newId(clock.now());
    const row = newRow(request, { id, now: clock.now(), lease: leases.next() });
    const { start, history, respond } = request;
    // A partial run decides for itself which of the runs given to it still count.
    const runs = request.destination === undefined ? history?.map((run) => runRow(id, run)) : [];
    const isDeferred = mayDefer && workflow.isPure;
    const stored = isDeferred
      ? undefined
      : writer.add({ id, fence: row.fence, insert: row, ...(runs?.length && { runs }) });
    stored?.catch(() => undefined);
    return newJob({
      row,
      workflow,
      start,
      ...(history && { history }),
      ...(stored && { stored }),
      ...(respond && { respond }),
    });
  }

  /** Pure executions hold no place: they wait for nothing, so a place would only delay them. */
  function dispatch(job: Job): Accepted {
    if (job.workflow.isPure) {
      void runJob(job);
    } else {
      enqueue(job);
    }
    return { id: job.row.id, ended: job.ended.promise };
  }

  function enqueue(job: Job): void {
    warm.set(job.row.id, job);
    queue.offer(job.row.id);
  }

  async function runQueued(id: string): Promise<void> {
    const job = warm.get(id);
    warm.delete(id);
    if (job) await runJob(job);
  }

  async function runJob(job: Job): Promise<void> {
    const { id } = job.row;
    running.set(id, job);
    try {
      const end = await options.run(job);
      job.ended.resolve(end);
      await startErrorWorkflow(job, end);
    } catch (error) {
      settleFailed(job, error);
    } finally {
      running.delete(id);
    }
  }

  function settleFailed(job: Job, error: unknown): void {
    const { id } = job.row;
    if (error instanceof LeaseLostError && job.cancel.signal.aborted) {
      const none = { lastNode: undefined, error: undefined, runs: [] };
      job.ended.resolve({ id, status: 'canceled', ...none });
      return;
    }
    logger.error('Execution could not be carried on', { executionId: id, error: String(error) });
    job.ended.reject(error);
  }

  async function startErrorWorkflow(job: Job, end: ExecutionEnd): Promise<void> {
    if (end.status !== 'error') return;
    const { publicUrl } = options;
    const request = await errorWorkflowFor(job, { end, workflows, publicUrl });
    if (request) await executions.accept(request);
  }

  const executions: Executions = {
    async accept(request) {
      const job = makeJob(request, await load(request), false);
      await job.stored;
      return dispatch(job);
    },

    async begin(request) {
      return dispatch(makeJob(request, await load(request), true));
    },

    async reserve(request) {
      const workflow = await load(request);
      const now = clock.now();
      const row = newRow(request, { id: newId(now), now, lease: leases.next() });
      const { start } = request;
      return {
        id: row.id,
        store: async (manager) => {
          await manager.insert(ExecutionEntity, row);
        },
        run: () => dispatch(newJob({ row, workflow, start, stored: Promise.resolve() })),
      };
    },

    async cancel(id) {
      const wasOpen = await leases.cancel(id);
      const job = warm.get(id) ?? running.get(id);
      job?.cancel.abort(new DOMException('Canceled', 'AbortError'));
      return wasOpen;
    },

    async resume(id, outputs, respond) {
      const job = await leases.claimWaiting(id, { outputs, respond });
      if (!job) return false;
      enqueue(job);
      return { id, ended: job.ended.promise };
    },
  };

  /** Children run beside the queue: their parent holds a place and waits. */
  const runChild: RunChild = ({ workflow, start, parentId }) => {
    const { versionId } = workflow;
    const job = makeJob(
      {
        workflowId: workflow.id,
        ...(versionId === undefined ? { snapshot: workflow.json } : { versionId }),
        mode: 'integrated',
        ...(start && { start }),
        parentId,
      },
      workflow,
      true,
    );
    void runJob(job);
    return { id: job.row.id, ended: job.ended.promise };
  };

  return {
    executions,
    runChild,
    /** Takes up executions whose holder is gone, or whose pause is over. */
    take(jobs: readonly Job[]): void {
      for (const job of jobs) enqueue(job);
    },
    hasRoom: () => warm.size < MAX_WARM,
    /** Ids this process holds. */
    held: () => [...warm.keys(), ...running.keys()],
    async close() {
      await queue.close();
      await Promise.allSettled([...running.values()].map((job) => job.ended.promise));
    },
  };
}

const EMPTY = { name: '', nodes: [], connections: {} };
