import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { SharedQueue, SharedQueueOptions } from '../transport.ts';
import type { QueueEntry, Urgency } from './queue.types.ts';

export interface BullQueueOptions extends SharedQueueOptions {
  readonly url: string;
  readonly prefix: string;
}

const NAME = 'executions';
/** BullMQ serves jobs without a priority first, then by rising number. */
const PRIORITY = { high: undefined, normal: 2, low: 3 } as const satisfies Record<
  Urgency,
  number | undefined
>;
const MAX_BATCH = 1000;
const LOOK_MS = 2000;
/** A connection that is half open answers never. */
const COMMAND_TIMEOUT_MS = 5000;

/** A queue on Redis. Jobs carry ids only; an entry offered twice is one job. */
export function createBullQueue(options: BullQueueOptions): SharedQueue {
  const { url, prefix, logger, incomplete } = options;
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  const queue = new Queue(NAME, { connection: redis, prefix });
  const pending: QueueEntry[] = [];
  const state: {
    isAway: boolean;
    isClosing: boolean;
    waiting: number;
    sending?: Promise<void> | undefined;
  } = { isAway: false, isClosing: false, waiting: 0 };

  function away(error: unknown): void {
    if (state.isAway || state.isClosing) return;
    state.isAway = true;
    logger.error('Redis cannot be reached: work goes on from the database when it is back', {
      error: String(error),
    });
  }
  redis.on('error', away);
  redis.on('close', () => away('The connection was closed'));
  // What a command failed with is known from the connection.
  const ignored = (error: unknown) => logger.debug('Redis command', { error: String(error) });
  queue.on('error', ignored);
  redis.on('ready', () => {
    if (state.isAway) logger.info('Redis is back');
    state.isAway = false;
    void look();
  });

  /** Counts what waits, and notices a Redis that has forgotten everything. */
  async function look(): Promise<void> {
    if (redis.status !== 'ready') return;
    try {
      const mark = `${prefix}:${NAME}:mark`;
      const isNew = await redis.set(mark, '1', 'NX');
      if (isNew) incomplete();
      const counts = await queue.getJobCounts('waiting', 'prioritized');
      state.waiting = Object.values(counts).reduce((sum, count) => sum + count, 0);
    } catch (error) {
      ignored(error);
    }
  }
  const looking = setInterval(() => void look(), LOOK_MS);
  looking.unref();

  async function send(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length) {
      const batch = pending.splice(0, MAX_BATCH);
      try {
        await queue.addBulk(batch.map(toJob));
        state.waiting += batch.length;
      } catch (error) {
        ignored(error);
        pending.length = 0;
        incomplete();
      }
    }
    state.sending = undefined;
  }

  const worker = options.worker && startWorker(options, options.worker);

  return {
    start() {
      worker
        ?.run()
        .catch((error: unknown) => logger.error('Worker stopped', { error: String(error) }));
    },
    offer(entries) {
      // What cannot be sent now is not kept in memory: the database has it.
      if (redis.status !== 'ready') return incomplete();
      pending.push(...entries);
      state.sending ??= send();
    },
    async close() {
      state.isClosing = true;
      clearInterval(looking);
      // What runs goes on until its owner ends it; without Redis nobody waits for its last word.
      const gone = new Promise((resolve) => redis.once('close', resolve));
      await Promise.race([worker?.close(), state.isAway ? undefined : gone]);
    },
    async disconnect() {
      await state.sending;
      redis.disconnect();
      await queue.close().catch(ignored);
    },
    async ping() {
      if (redis.status !== 'ready') throw new Error(`Redis is ${redis.status}`);
      await redis.ping();
    },
    get waiting() {
      return state.waiting + pending.length;
    },
  };
}

function startWorker(
  { url, prefix, logger }: BullQueueOptions,
  { concurrency, lockMs, run }: NonNullable<BullQueueOptions['worker']>,
): Worker<QueueEntry> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const ignored = (error: unknown) => logger.debug('Redis worker', { error: String(error) });
  connection.on('error', ignored);
  const worker = new Worker<QueueEntry>(NAME, (job) => run(job.data), {
    connection,
    prefix,
    concurrency,
    autorun: false,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    // Whether it may run again is for the execution's row to say.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', ignored);
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
