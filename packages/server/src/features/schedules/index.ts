export { nextTime } from './next-time.ts';
export { createScheduleRows } from './schedule-rows.ts';
export { createScheduler, type Scheduler } from './scheduler.ts';
