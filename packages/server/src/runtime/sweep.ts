import type { NodeLogger } from '@millrace/workflow/node-api';
import { PAGE, type OpenWork } from './open-work.ts';
import type { Limits } from './limits/index.ts';
import type { QueuePort } from './queue/queue.types.ts';

/** Looks for work in the database that no queue knows of any more. */
export interface Sweep {
  /**
   * One look: leases that ran out, pauses that are over, limits that leave room and, now and then,
   * work nobody holds.
   */
  look(): Promise<void>;
  /** The queue may have lost entries: the next look goes through all work nobody holds. */
  suspect(): void;
}

/** Work that nobody holds is normally known to the queue, so it is gone through seldom. */
const FULL_EVERY_MS = 30_000;

export function createSweep(options: {
  readonly work: OpenWork;
  readonly limits: Pick<Limits, 'look'>;
  readonly queue: QueuePort;
  readonly logger: NodeLogger;
  now(): number;
}): Sweep {
  const { work, limits, queue, logger, now } = options;
  const state = { isSuspect: true, fullAt: 0 };

  async function offerExpired(): Promise<void> {
    const entries = await work.expired();
    if (!entries.length) return;
    logger.warn('Taking up executions left behind', { count: entries.length });
    queue.offer(entries);
  }

  /** All of it when the queue may have lost entries; else the oldest, which is enough over time. */
  async function offerUnheld(): Promise<void> {
    const isAll = state.isSuspect;
    state.isSuspect = false;
    state.fullAt = now();
    let entries = await work.unheld();
    while (entries.length) {
      queue.offer(entries);
      const last = entries.at(-1)?.id;
      if (!isAll || last === undefined || entries.length < PAGE || state.isSuspect) return;
      entries = await work.unheld(last);
    }
  }

  return {
    async look() {
      await offerExpired();
      queue.offer(await work.due());
      queue.offer(await limits.look());
      if (state.isSuspect || now() - state.fullAt >= FULL_EVERY_MS) await offerUnheld();
    },
    suspect() {
      state.isSuspect = true;
    },
  };
}
