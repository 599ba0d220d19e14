import { createEvaluator } from '@millrace/workflow/expression';
import { createCallers } from './callers.ts';
import { ExecutionEntity } from '../db/index.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import { settleFromDatabase } from './end-of.ts';
import { errorWorkflowFor } from './error-workflow.ts';
import { createExecutions } from './executions.ts';
import type { Job } from './job.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { createLeases } from './leases.ts';
import { createLimitKeys, createLimits } from './limits/index.ts';
import type { Answer } from './link/link.types.ts';
import { relay } from './link/relay.ts';
import { createLoadJob } from './load-job.ts';
import { createOpenWork } from './open-work.ts';
import { createMemoryQueue } from './queue/memory-queue.ts';
import { insertChunk } from './outputs/insert-chunk.ts';
import { createRunner } from './runner.ts';
import type { EventBus, ExecutionEnd, RuntimeOptions } from './runtime.types.ts';
import { createSweep } from './sweep.ts';
import type { WorkflowCache } from './workflow-cache.ts';

export interface FlowOptions {
  readonly options: RuntimeOptions & Required<Pick<RuntimeOptions, 'clock'>>;
  readonly bus: EventBus;
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly workflows: WorkflowCache;
  run(job: Job): Promise<ExecutionEnd>;
}

/** An end is sent with its runs up to here; longer ones are read from the database. */
const MAX_SENT_RUNS_BYTES = 256 * 1024;

/** How executions get from being accepted to whoever runs them, and their answers back. */
export function createFlow({ options, bus, writer, workflows, run }: FlowOptions) {
  const { db, config, logger, clock, transport, reach = () => undefined } = options;
  const { role = 'main' } = config;
  const leases = createLeases(db, { clock, leaseMs: config.leaseMs });
  const callers = createCallers();
  const link = transport?.openLink({ processId: leases.owner, logger });
  const work = createOpenWork(db, { clock, leaseClock: leases.clock });

  const answers = createKeptAnswers(db, { clock, logger });

  const load = createLoadJob({
    db,
    workflows,
    async respond({ id, fence, replyTo }, response) {
      // Offered again by a sweep, nobody knows any more who waits.
      if (link && replyTo !== leases.owner) await answers.keep({ id, fence }, response);
      if (isElsewhere(replyTo)) link?.answer(replyTo, { type: 'response', id, response });
      else callers.respond(id, response);
    },
  });
  const isElsewhere = (replyTo: string | undefined): replyTo is string =>
    replyTo !== undefined && replyTo !== leases.owner;

  const limits = createLimits({
    db,
    clock,
    leaseClock: leases.clock,
    logger,
    offer: (entries) => shared.offer(entries),
  });
  const runner = createRunner({
    writer,
    leases,
    clock,
    logger,
    load,
    limits,
    reach,
    maxRestarts: config.maxRestarts,
    run,
    parked({ row }, { id, status, error }) {
      const finishedAt = clock.now();
      const about = { executionId: id, workflowId: row.workflowId, status, finishedAt };
      bus.publish({ type: 'execution-finished', ...about, ...(error && { error }) });
    },
    async ended(job, end) {
      if (isElsewhere(job.replyTo)) link?.answer(job.replyTo, endAnswer(end));
      else callers.settle(end);
      const { publicUrl } = config;
      const request = await errorWorkflowFor(job, { end, workflows, publicUrl });
      if (request) await executions.accept(request);
    },
    failed(job, error) {
      // With a lease that ran out somebody else carries it on, and the poll hears how it ends.
      if (!(job.cancel.signal.aborted && job.stored)) callers.fail(job.row.id, error);
    },
    released: (given) => remote?.offer(given.map((each) => ({ ...each, urgency: 'high' }))),
  });

  const isWorker = transport !== undefined && role === 'worker';
  const remote = transport?.openQueue({
    logger,
    incomplete: () => sweep.suspect(),
    ...(isWorker && {
      worker: {
        concurrency: config.concurrency,
        lockMs: leases.leaseMs,
        run: runner.runEntry,
      },
    }),
  });
  const local = createMemoryQueue({ concurrency: config.concurrency, run: runner.runEntry });
  const shared = remote ?? local;
  const sweep = createSweep({ work, limits, queue: shared, logger, now: leases.clock.now });
  const stopHere = (id: string) => runner.stop(id, new DOMException('Canceled', 'AbortError'));

  const { executions, runChild } = createExecutions({
    writer,
    workflows,
    keyOf: createLimitKeys({
      evaluator: createEvaluator(),
      timezone: config.timezone,
      now: clock.now,
    }),
    leases,
    clock,
    callers,
    runner,
    local,
    remote,
    queueLimit: config.queueLimit,
    insertChunk: (manager, chunk) => insertChunk(db, manager, chunk),
    exists: (id) => db.source.getRepository(ExecutionEntity).existsBy({ id }),
    reach,
    stop(id) {
      stopHere(id);
      link?.cancel(id);
    },
  });

  const heard = link && relay(bus, link).hear;
  link?.listen({
    canceled: stopHere,
    answered: (answer) => void hear(answer),
    ...(role !== 'worker' && heard && { changed: heard }),
    // People watch at a main.
    ...(role === 'main' && heard && { happened: heard }),
  });

  async function hear(answer: Answer): Promise<void> {
    if (answer.type === 'response') return callers.respond(answer.id, answer.response);
    // A node may have answered before, in a message that was lost.
    if (answer.end && callers.isAnswered(answer.id)) callers.settle(answer.end);
    else await settleFromDatabase(db, { callers, answers }, [answer.id]);
  }

  return {
    executions,
    runChild,
    leases,
    callers,
    answers,
    link,
    runner,
    limits,
    local,
    remote,
    sweep,
  };
}

function endAnswer(end: ExecutionEnd) {
  const runs = end.runs.filter(({ node }) => node === end.lastNode);
  const isSmall = JSON.stringify(runs).length <= MAX_SENT_RUNS_BYTES;
  return { type: 'ended' as const, id: end.id, end: isSmall ? { ...end, runs } : undefined };
}
