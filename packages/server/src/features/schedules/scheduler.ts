import { LessThanOrEqual } from 'typeorm';
import type { ScheduleRule } from '@millrace/workflow/node-api';
import { ScheduleEntity, type ScheduleRow } from '../../db/index.ts';
import type { Reserved, Runtime } from '../../runtime/index.ts';
import { nextTime } from './next-time.ts';

/** Fires schedules whose time has come. */
export interface Scheduler {
  /** Fires what is due now; resolves to how many executions were started. */
  tick(): Promise<number>;
  start(): void;
  close(): Promise<void>;
}

const TICK_MS = 500;
/** Later than this, a time counts as missed and the row's policy decides. */
const GRACE_MS = 60_000;
const MAX_CATCH_UP = 100;

/**
 * Claims due rows by moving their next time on, which only one process can do. The executions are
 * stored in the same transaction: a time is never fired twice, and none is marked and then lost.
 */
export function createScheduler(runtime: Pick<Runtime, 'executions' | 'options'>): Scheduler {
  const { db, clock, logger } = runtime.options;
  const state: { timer?: NodeJS.Timeout; current?: Promise<unknown> | undefined } = {};

  async function tick(): Promise<number> {
    const now = clock.now();
    const due = await db.source
      .getRepository(ScheduleEntity)
      .find({ where: { nextAt: LessThanOrEqual(now) }, order: { nextAt: 'ASC' }, take: 500 });
    let started = 0;
    for (const row of due) started += await fire(row, now);
    return started;
  }

  /** Moves the row on and stores its executions in one transaction; runs them when it was first. */
  async function fire(row: ScheduleRow, now: number): Promise<number> {
    const { count, next } = timesDue(row, now);
    const { id, nextAt, workflowId, versionId, node } = row;
    const reserved: Reserved[] = [];
    for (let n = 0; n < count; n++) {
      const request = { workflowId, versionId, mode: 'trigger' as const, start: { node } };
      reserved.push(await runtime.executions.reserve(request));
    }
    const isFirst = await db.transaction(async (manager) => {
      const rows = manager.getRepository(ScheduleEntity);
      const { affected } =
        next === undefined
          ? await rows.delete({ id, nextAt })
          : await rows.update({ id, nextAt }, { nextAt: next, lastAt: now });
      if (affected !== 1) return false;
      for (const execution of reserved) await execution.store(manager);
      return true;
    });
    if (!isFirst) return 0;
    for (const execution of reserved) execution.run();
    return count;
  }

  return {
    tick,
    start() {
      state.timer = setInterval(() => {
        state.current ??= tick()
          .catch((error: unknown) => logger.error('Scheduling failed', { error: String(error) }))
          .finally(() => (state.current = undefined));
      }, TICK_MS);
      state.timer.unref();
    },
    async close() {
      clearInterval(state.timer);
      await state.current;
    },
  };
}

/** How many of the times up to `now` to fire, and when it is next. */
function timesDue(row: ScheduleRow, now: number): { count: number; next: number | undefined } {
  const every: ScheduleRule['every'] = row.every === null ? undefined : JSON.parse(row.every);
  const { cron, timezone } = row;
  const timetable = { cron, every, timezone, anchor: Number(row.createdAt) };
  const first = Number(row.nextAt);
  const passed = [first];
  let next = nextTime(timetable, first);
  while (next !== undefined && next <= now && passed.length < MAX_CATCH_UP) {
    passed.push(next);
    next = nextTime(timetable, next);
  }
  if (next !== undefined && next <= now) next = nextTime(timetable, now);

  const [last = first] = passed.slice(-1);
  const isOnTime = now - last <= GRACE_MS;
  if (row.missed === 'all') return { count: passed.length, next };
  if (row.missed === 'once' || isOnTime) return { count: 1, next };
  return { count: 0, next };
}
