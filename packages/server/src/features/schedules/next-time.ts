import { Cron } from 'croner';
import { DateTime } from 'luxon';
import type { ScheduleRule } from '@millrace/workflow/node-api';

/** A rule as a schedule row keeps it. */
export interface Timetable {
  readonly cron: string;
  readonly every: ScheduleRule['every'] | undefined;
  /** IANA name. */
  readonly timezone: string;
  /** Counting of "every n" starts here, ms since the epoch. */
  readonly anchor: number;
}

const MAX_SKIPPED = 100_000;

/**
 * The next time a rule fires after `after`, ms since the epoch; `undefined` when it never does.
 *
 * A local time that the clocks skip fires right after the gap, one they repeat fires once.
 */
export function nextTime(timetable: Timetable, after: number): number | undefined {
  const stepMs = exactStepMs(timetable.every);
  if (stepMs !== undefined) {
    const { anchor } = timetable;
    return anchor + (Math.floor((after - anchor) / stepMs) + 1) * stepMs;
  }
  const cron = new Cron(timetable.cron, { timezone: timetable.timezone, paused: true });
  let at = cron.nextRun(new Date(after))?.getTime();
  for (let skipped = 0; at !== undefined && skipped < MAX_SKIPPED; skipped++) {
    if (fallsOnCount(timetable, at)) return at;
    at = cron.nextRun(new Date(at))?.getTime();
  }
  return undefined;
}

/** Units that are the same length at all times are not searched for, so any count of them is cheap. */
function exactStepMs(every: Timetable['every']): number | undefined {
  if (every?.unit === 'seconds') return every.count * 1000;
  return every?.unit === 'minutes' ? every.count * 60_000 : undefined;
}

/** "Every n weeks": only matches a multiple of n units after the anchor's unit count. */
function fallsOnCount({ every, timezone, anchor }: Timetable, at: number): boolean {
  if (!every || every.count <= 1) return true;
  const unitStart = (ms: number) =>
    DateTime.fromMillis(ms, { zone: timezone }).startOf(UNITS[every.unit]);
  const passed = unitStart(at).diff(unitStart(anchor), every.unit).as(every.unit);
  return Math.round(passed) % every.count === 0;
}

const UNITS = {
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
} as const;
