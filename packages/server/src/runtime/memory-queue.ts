import type { QueueOptions, QueuePort } from './queue.types.ts';

/** The queue of a single process: first come, first served, `concurrency` at a time. */
export function createMemoryQueue({ concurrency, run }: QueueOptions): QueuePort {
  const ids = new Set<string>();
  const busy = new Set<Promise<void>>();
  const state = { isClosed: false };

  function next(): void {
    while (!state.isClosed && busy.size < concurrency) {
      const [id] = ids;
      if (id === undefined) return;
      ids.delete(id);
      const work = run(id).finally(() => {
        busy.delete(work);
        next();
      });
      busy.add(work);
    }
  }

  return {
    offer(executionId) {
      ids.add(executionId);
      next();
    },
    async close() {
      state.isClosed = true;
      await Promise.all(busy);
    },
    get waiting() {
      return ids.size;
    },
  };
}
