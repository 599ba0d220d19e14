import type { Clock } from '@millrace/workflow/ports';
import type { EntityManager } from 'typeorm';
import { ExecutionEntity, newId } from '../db/index.ts';
import type { Callers } from './callers.ts';
import { childIdOf } from './child-id.ts';
import { startChunks, type ChunkRow } from './commit/bulk-rows.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import { bulkStartOf, newRow, runRow } from './execution-rows.ts';
import { newJob, type Job } from './job.ts';
import type { Leases } from './leases.ts';
import type { LimitKeys } from './limits/index.ts';
import { QueueFullError } from './queue-full.error.ts';
import type { QueueEntry, QueuePort } from './queue/queue.types.ts';
import type { Runner } from './runner.ts';
import type { AcceptRequest, Accepted, Executions, ReachPoint } from './runtime.types.ts';
import type { RunChild } from './subworkflows.ts';
import { urgencyOf } from './urgency.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';

export interface ExecutionsOptions {
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly workflows: WorkflowCache;
  readonly keyOf: LimitKeys;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly callers: Callers;
  readonly runner: Runner;
  /** Executions this process runs itself. */
  readonly local: QueuePort;
  /** Executions workers run; absent, this process runs all. */
  readonly remote: QueuePort | undefined;
  readonly queueLimit: number | undefined;
  readonly reach: ReachPoint;
  /** Whether an execution of this id is stored. */
  exists(id: string): Promise<boolean>;
  /** Stores a part of what a trigger brought, beside its execution's row. */
  insertChunk(manager: EntityManager, chunk: ChunkRow): Promise<void>;
  /** Tells whichever process runs it to stop. */
  stop(id: string): void;
}

/** With more than this at hand, others wait in the database alone. */
const MAX_KEPT = 1000;
const QUEUE_LIMIT = 100_000;
const CHILD_CHECK_MS = 500;

/** Accepting, resuming and ending executions. */
export function createExecutions(options: ExecutionsOptions) {
  const { writer, workflows, keyOf, leases, clock, callers, runner, local, remote } = options;
  const { reach, queueLimit = QUEUE_LIMIT } = options;

  const load = (request: AcceptRequest): LoadedWorkflow | Promise<LoadedWorkflow> =>
    request.versionId !== undefined
      ? workflows.version(request.versionId)
      : workflows.snapshot(request.workflowId, request.snapshot ?? EMPTY);

  /** What a person tries out stays with the process that was asked: it has the runs to use again. */
  const queueFor = ({ mode }: AcceptRequest): QueuePort =>
    mode === 'manual' || !remote ? local : remote;

  function refuseWhenFull(queue: QueuePort): void {
    if (queue.waiting >= queueLimit) throw new QueueFullError(queueLimit, 'executions');
  }

  const mayHold = (queue: QueuePort) => queue === local && runner.kept < MAX_KEPT;

  /** A job this process holds, with its row on the way to the database unless that may wait. */
  function makeJob(request: AcceptRequest, workflow: LoadedWorkflow, mayDefer: boolean): Job {
    const id = request.id ?? newId(clock.now());
    const key = keyOf(request, workflow);
    const row = newRow(request, { id, now: clock.now(), lease: leases.next(), key });
    const { start, history } = request;
    const job = newJob({
      row,
      workflow,
      start,
      ...(history && { history }),
      respond: (response) => callers.respond(id, response),
    });
    if (mayDefer && isFree(workflow)) return job;
    const stored = store(request, job.row);
    return { ...job, stored };
  }

  function store(request: AcceptRequest, row: Job['row']): Promise<void> {
    const { id, fence } = row;
    // A partial run decides for itself which of the runs given to it still count.
    const history = request.destination === undefined ? request.history : undefined;
    const runs = history?.map((run) => runRow(id, run));
    reach('before-store');
    const bulkStart = bulkStartOf(request, row);
    const stored = writer.add({ id, fence, insert: row, bulkStart, ...(runs?.length && { runs }) });
    stored.catch(() => undefined);
    return stored.then(() => reach('after-store'));
  }

  /** Pure executions hold no place: they wait for nothing, so a place would only delay them. */
  function dispatch(job: Job, isAwaited: boolean): void {
    const { workflow, row } = job;
    if (isFree(workflow)) {
      void runner.runJob(job);
      return;
    }
    runner.keep(job);
    local.offer([{ id: row.id, fence: row.fence, urgency: urgencyOf(workflow, { isAwaited }) }]);
  }

  /** Stores one for whoever is free, and says that it is there. */
  async function hand(
    request: AcceptRequest,
    {
      workflow,
      queue,
      isAwaited,
    }: { workflow: LoadedWorkflow; queue: QueuePort; isAwaited: boolean },
  ): Promise<Accepted> {
    const id = request.id ?? newId(clock.now());
    if (isAwaited) void callers.expect(id, request.respond);
    const key = keyOf(request, workflow);
    const row = newRow(request, { id, now: clock.now(), lease: undefined, key });
    await store(request, row);
    queue.offer([entryOf(row, { workflow, isAwaited })]);
    reach('after-offer');
    return accepted(id);
  }

  const entryOf = (
    { id, fence }: Job['row'],
    { workflow, isAwaited }: { workflow: LoadedWorkflow; isAwaited: boolean },
  ): QueueEntry => ({
    id,
    fence,
    urgency: urgencyOf(workflow, { isAwaited }),
    ...(isAwaited && { replyTo: leases.owner }),
  });

  const accepted = (id: string): Accepted => ({
    id,
    get ended() {
      return callers.expect(id);
    },
  });

  async function begin(
    request: AcceptRequest,
    { isAwaited, mayDefer }: { isAwaited: boolean; mayDefer: boolean },
  ): Promise<Accepted> {
    const workflow = await load(request);
    const queue = queueFor(request);
    if (!mayHold(queue)) {
      refuseWhenFull(queue);
      return hand(request, { workflow, queue, isAwaited });
    }
    const job = makeJob(request, workflow, mayDefer);
    const ended = isAwaited ? callers.expect(job.row.id, request.respond) : undefined;
    if (!mayDefer) await job.stored;
    dispatch(job, isAwaited);
    return ended ? { id: job.row.id, ended } : accepted(job.row.id);
  }

  /** Offers one whose pause is over. */
  function goOn(id: string, fence: number, respond: AcceptRequest['respond']): Accepted {
    if (respond) void callers.expect(id, respond, fence);
    const replyTo = respond && { replyTo: leases.owner };
    (remote ?? local).offer([{ id, fence, urgency: 'high', ...replyTo }]);
    return accepted(id);
  }

  const executions: Executions = {
    accept: (request) =>
      begin(request, { isAwaited: request.respond !== undefined, mayDefer: false }),
    begin: (request) => begin(request, { isAwaited: true, mayDefer: true }),

    async reserve(request) {
      const workflow = await load(request);
      const queue = queueFor(request);
      const isHeld = mayHold(queue);
      const now = clock.now();
      const row = newRow(request, {
        id: newId(now),
        now,
        lease: isHeld ? leases.next() : undefined,
        key: keyOf(request, workflow),
      });
      const { id } = row;
      const bulk = bulkStartOf(request, row);
      const chunks = bulk ? await startChunks(id, bulk) : [];
      return {
        id,
        store: async (manager) => {
          await manager.insert(ExecutionEntity, row);
          for (const chunk of chunks) await options.insertChunk(manager, chunk);
        },
        run() {
          const respond = (response: Parameters<Job['respond']>[0]) =>
            callers.respond(id, response);
          const stored = Promise.resolve();
          if (isHeld)
            dispatch(newJob({ row, workflow, start: request.start, stored, respond }), false);
          else queue.offer([entryOf(row, { workflow, isAwaited: false })]);
          return accepted(id);
        },
      };
    },

    async cancel(id) {
      const wasOpen = await leases.cancel(id);
      options.stop(id);
      return wasOpen;
    },

    async resume(id, outputs, respond) {
      const fence = await leases.endPause(id, outputs);
      return fence === undefined ? false : goOn(id, fence, respond);
    },

    async decide(id, decision) {
      const fence = await leases.decide(id, decision);
      return fence === undefined ? false : goOn(id, fence, undefined);
    },
  };

  /**
   * Children run beside the queue: their parent holds a place and waits. A parent that was carried on
   * after a crash goes on with the child it had.
   */
  const runChild: RunChild = async ({ workflow, start: first, parentId, call, signal }) => {
    const id = childIdOf(parentId, call);
    const ended = callers.expect(id);
    if (runner.isAgain(parentId) && (await options.exists(id))) {
      void carryOn(id, signal);
      return { id, ended };
    }
    const { versionId } = workflow;
    const request: AcceptRequest = {
      id,
      workflowId: workflow.id,
      ...(versionId === undefined ? { snapshot: workflow.json } : { versionId }),
      mode: 'integrated',
      ...(first && { start: first }),
      parentId,
    };
    void runner.runJob(makeJob(request, workflow, true));
    return { id, ended };
  };

  /** Takes a child over as soon as whoever had it is known to be dead; or hears how it ended elsewhere. */
  async function carryOn(id: string, signal: AbortSignal | undefined): Promise<void> {
    const isWanted = () => callers.waiting().includes(id) && signal?.aborted !== true;
    while (isWanted()) {
      await runner.runEntry({ id, fence: 0, urgency: 'high' });
      await clock.sleep(CHILD_CHECK_MS, signal).catch(() => undefined);
    }
  }

  return { executions, runChild };
}

/** Waits for nothing outside and for no limit. */
const isFree = ({ isPure, limits }: LoadedWorkflow) => isPure && !limits;

const EMPTY = { name: '', nodes: [], connections: {} };
