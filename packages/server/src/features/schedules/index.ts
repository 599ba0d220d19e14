export { createScheduleRows } from './schedule-rows.ts';
export { createScheduler, type Scheduler } from './scheduler.ts';
