import type { NodeLogger } from '@millrace/workflow/node-api';
import type { Clock } from '@millrace/workflow/ports';
import type { Database, ExecutionRow } from '../../db/index.ts';
import type { Job } from '../job.ts';
import type { LeaseClock } from '../lease-clock.ts';
import type { QueueEntry, Urgency } from '../queue/queue.types.ts';
import { createGate } from './gate.ts';
import { limitsOf, needsPlace, type OwnLimits } from './limits-of.ts';
import { createLine, type Waiting } from './line.ts';
import { forgetStarts } from './rate-starts.ts';

/** Holds executions back until the limits of their workflow leave room. */
export interface Limits {
  /** The limits a job has to pass before it goes on; `undefined` when it may go on at once. */
  before(job: Job): OwnLimits | undefined;
  /** Its row with a place; `undefined` when it waits: whoever makes room for it offers it again. */
  enter(job: Job, limits: OwnLimits): Promise<ExecutionRow | undefined>;
  /** An execution has ended or pauses: its place is free. */
  left(job: Job): void;
  /** What waits and may have room by now, for when nobody was there to tell. */
  look(): Promise<readonly QueueEntry[]>;
  close(): void;
}

/** Room that nobody told of (its process died first) is found by then. */
const HEADS_EVERY_MS = 5000;
const FORGET_EVERY_MS = 60_000;
/** What has longer to wait is found by the sweep. */
const MAX_TIMER_MS = 60_000;

export function createLimits(options: {
  readonly db: Database;
  readonly clock: Clock;
  readonly leaseClock: LeaseClock;
  readonly logger: NodeLogger;
  offer(entries: readonly QueueEntry[]): void;
}): Limits {
  const { db, clock, leaseClock, logger, offer } = options;
  const gate = createGate(db, { clock: leaseClock, now: clock.now });
  const line = createLine(db, { now: leaseClock.now });
  const timers = new Map<string, NodeJS.Timeout>();
  const state = { headsAt: 0, forgotAt: leaseClock.now() };

  function offerNext({ row, workflow }: Job): void {
    const urgency = workflow.json.settings?.priority === 'low' ? 'normal' : 'high';
    line
      .next(row.workflowId, row.limitKey)
      .then((next) => offer(toEntries(next, urgency)))
      .catch((error: unknown) =>
        logger.warn('Next of a limited workflow not found', { error: String(error) }),
      );
  }

  function wake(waiting: Waiting, inMs: number): void {
    if (inMs > MAX_TIMER_MS) return;
    clearTimeout(timers.get(waiting.id));
    const timer = setTimeout(() => {
      timers.delete(waiting.id);
      offer(toEntries([waiting], 'high'));
    }, inMs);
    timer.unref();
    timers.set(waiting.id, timer);
  }

  return {
    before: ({ row, workflow, stored }) =>
      workflow.limits && stored && needsPlace(row) ? limitsOf(row, workflow.limits) : undefined,
    async enter(job, limits) {
      const entrance = await gate.enter(job.row, limits);
      if (entrance.type === 'lost') return undefined;
      if (entrance.isMore) offerNext(job);
      if (entrance.type === 'entered') return entrance.row;
      const { fence, inMs } = entrance;
      if (inMs !== undefined) wake({ id: job.row.id, fence }, inMs);
      return undefined;
    },
    left(job) {
      if (job.stored && limitsOf(job.row, job.workflow.limits)) offerNext(job);
    },
    async look() {
      const now = leaseClock.now();
      if (now - state.forgotAt >= FORGET_EVERY_MS) {
        state.forgotAt = now;
        await forgetStarts(db, now);
      }
      if (now - state.headsAt < HEADS_EVERY_MS) return toEntries(await line.due(), 'high');
      state.headsAt = now;
      return toEntries(await line.heads(), 'high');
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** It has waited already, and there is room for it: it goes before what has just come. */
const toEntries = (waiting: readonly Waiting[], urgency: Urgency): QueueEntry[] =>
  waiting.map(({ id, fence }) => ({ id, fence, urgency }));
