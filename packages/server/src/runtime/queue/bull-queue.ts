import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { NodeLogger } from '@millrace/workflow/node-api';
import type { QueueEntry, QueuePort, RunEntry, Urgency } from './queue.types.ts';

export interface BullQueueOptions {
  readonly url: string;
  readonly prefix: string;
  readonly logger: NodeLogger;
  /** Called when entries may be missing: Redis was away, or has lost what it held. */
  incomplete(): void;
  /** Absent: this process only offers. */
  readonly worker?: {
    readonly concurrency: number;
    readonly lockMs: number;
    readonly run: RunEntry;
  };
}

const NAME = 'executions';
/** BullMQ serves jobs without a priority first, then by rising number. */
const PRIORITY = { high: undefined, normal: 2, low: 3 } as const satisfies Record<
  Urgency,
  number | undefined
>;
const MAX_BATCH = 1000;
const LOOK_MS = 2000;

/** A queue on Redis. Jobs carry ids only; an entry offered twice is one job. */
export function createBullQueue(options: BullQueueOptions): QueuePort & {
  /** Rejects while Redis cannot be reached. */
  ping(): Promise<void>;
} {
  const { url, prefix, logger, incomplete } = options;
  // What cannot be sent now is not kept in memory: the database has it.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: null });
  const queue = new Queue(NAME, { connection: redis, prefix, skipWaitingForReady: true });
  const pending: QueueEntry[] = [];
  const state = { isAway: false, isSending: false, waiting: 0 };

  function away(error: unknown): void {
    if (state.isAway) return;
    state.isAway = true;
    logger.error('Redis cannot be reached: work goes on from the database when it is back', {
      error: String(error),
    });
  }
  redis.on('error', away);
  queue.on('error', away);
  redis.on('ready', () => {
    if (state.isAway) logger.info('Redis is back');
    state.isAway = false;
    void look();
  });

  /** Counts what waits, and notices a Redis that has forgotten everything. */
  async function look(): Promise<void> {
    try {
      const mark = `${prefix}:${NAME}:mark`;
      const isNew = await redis.set(mark, '1', 'NX');
      if (isNew) incomplete();
      const counts = await queue.getJobCounts('waiting', 'prioritized');
      state.waiting = Object.values(counts).reduce((sum, count) => sum + count, 0);
    } catch (error) {
      away(error);
    }
  }
  const looking = setInterval(() => void look(), LOOK_MS);
  looking.unref();

  async function send(): Promise<void> {
    state.isSending = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length) {
      const batch = pending.splice(0, MAX_BATCH);
      try {
        await queue.addBulk(batch.map(toJob));
        state.waiting += batch.length;
      } catch (error) {
        away(error);
        pending.length = 0;
        incomplete();
      }
    }
    state.isSending = false;
  }

  const worker = options.worker && startWorker(options, options.worker, away);

  return {
    offer(entries) {
      if (redis.status !== 'ready') return incomplete();
      pending.push(...entries);
      if (!state.isSending) void send();
    },
    async close() {
      clearInterval(looking);
      // What runs goes on until its owner ends it; without Redis nobody waits for its last word.
      const gone = new Promise((resolve) => redis.once('close', resolve));
      await Promise.race([worker?.close(), state.isAway ? undefined : gone]);
      redis.disconnect();
      await queue.close().catch(away);
    },
    async ping() {
      await redis.ping();
    },
    get waiting() {
      return state.waiting + pending.length;
    },
  };
}

function startWorker(
  { url, prefix }: BullQueueOptions,
  { concurrency, lockMs, run }: NonNullable<BullQueueOptions['worker']>,
  away: (error: unknown) => void,
): Worker<QueueEntry> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', away);
  const worker = new Worker<QueueEntry>(NAME, (job) => run(job.data), {
    connection,
    prefix,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    // Whether it may run again is for the execution's row to say.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', away);
  worker.on('closed', () => connection.disconnect());
  return worker;
}

function toJob(entry: QueueEntry) {
  const priority = PRIORITY[entry.urgency];
  return {
    name: 'execution',
    data: entry,
    opts: {
      jobId: `${entry.id}.${entry.fence}`,
      removeOnComplete: true,
      removeOnFail: true,
      ...(priority !== undefined && { priority }),
    },
  };
}
