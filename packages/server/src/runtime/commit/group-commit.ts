import { QueueFullError } from '../queue-full.error.ts';

/** Turns many small writes into few transactions. */
export interface GroupCommit<W> {
  /** Resolves when the write is durable; rejects when it was refused or its transaction failed. */
  add(write: W): Promise<void>;
  /** Resolves when all that was added before is settled. */
  flush(): Promise<void>;
  /** Writes not settled yet. */
  readonly waiting: number;
}

export interface GroupCommitOptions<W> {
  /** Writes all in one transaction, in order. Resolves to why some of them were refused. */
  commit(writes: readonly W[]): Promise<ReadonlyMap<W, Error>>;
  readonly maxBatch?: number;
  /** More than this many waiting and `add` rejects with `QUEUE_FULL`. */
  readonly maxWaiting?: number;
}

interface Entry<W> {
  readonly write: W;
  readonly settle: PromiseWithResolvers<void>;
}

/**
 * One transaction at a time. What arrives while it is under way goes into the next, so batches grow
 * with the load and a lone write waits for nothing. When a batch fails, its writes are tried one by
 * one: a bad row harms only its own caller.
 */
export function createGroupCommit<W>({
  commit,
  maxBatch = 512,
  maxWaiting = 50_000,
}: GroupCommitOptions<W>): GroupCommit<W> {
  const entries: Entry<W>[] = [];
  const work: { current?: Promise<void> | undefined; open: number } = { open: 0 };

  async function drain(): Promise<void> {
    await nextTurn();
    while (entries.length) await settle(entries.splice(0, maxBatch));
    work.current = undefined;
  }

  async function settle(batch: readonly Entry<W>[]): Promise<void> {
    try {
      const refused = await commit(batch.map(({ write }) => write));
      for (const { write, settle: done } of batch) {
        const reason = refused.get(write);
        if (reason) done.reject(reason);
        else done.resolve();
      }
    } catch (error) {
      const [only, ...others] = batch;
      if (others.length) {
        for (const entry of batch) await settle([entry]);
        return;
      }
      only?.settle.reject(error);
    }
    work.open -= batch.length;
  }

  return {
    add(write) {
      if (work.open >= maxWaiting) return Promise.reject(new QueueFullError(maxWaiting));
      const done = Promise.withResolvers<void>();
      work.open++;
      entries.push({ write, settle: done });
      work.current ??= drain();
      return done.promise;
    },
    async flush() {
      while (work.current) await work.current;
    },
    get waiting() {
      return work.open;
    },
  };
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
