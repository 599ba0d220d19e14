import type { NodeLogger } from '@millrace/workflow/node-api';
import type { ProcessLink } from './link/link.types.ts';
import type { QueuePort, RunEntry } from './queue/queue.types.ts';

/** A queue between processes. */
export interface SharedQueue extends QueuePort {
  /** Begins to hand out to this process. */
  start(): void;
  /** Sends what was offered, then lets go of the connection. After `close`. */
  disconnect(): Promise<void>;
  /** Rejects while it cannot be reached. */
  ping(): Promise<void>;
}

export interface SharedQueueOptions {
  readonly logger: NodeLogger;
  /** Called when entries may be missing: the queue was away, or has lost what it held. */
  incomplete(): void;
  /** Absent: this process only offers. */
  readonly worker?: {
    readonly concurrency: number;
    readonly lockMs: number;
    readonly run: RunEntry;
  };
}

/** What joins the processes of one instance. */
export interface Transport {
  openQueue(options: SharedQueueOptions): SharedQueue;
  openLink(options: { processId: string; logger: NodeLogger }): ProcessLink;
}

/** Loaded only where it is used: a single process needs no Redis client in memory. */
export async function loadRedisTransport(at: {
  readonly url: string;
  readonly prefix: string;
}): Promise<Transport> {
  const [{ createBullQueue }, { createRedisLink }] = await Promise.all([
    import('./queue/bull-queue.ts'),
    import('./link/redis-link.ts'),
  ]);
  return {
    openQueue: (options) => createBullQueue({ ...at, ...options }),
    openLink: (options) => createRedisLink({ ...at, ...options }),
  };
}
