import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Random } from '@millrace/workflow/ports';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
};

/** The machine's random numbers. */
export const systemRandom: Random = { next: () => Math.random(), uuid: () => randomUUID() };
