import type { QueueEntry, QueuePort, RunEntry, Urgency } from './queue.types.ts';

const ORDER = ['high', 'normal', 'low'] as const satisfies readonly Urgency[];

/** The queue of a single process: by urgency, then first come, first served; `concurrency` at a time. */
export function createMemoryQueue({
  concurrency,
  run,
}: {
  readonly concurrency: number;
  readonly run: RunEntry;
}): QueuePort {
  const lanes = ORDER.map((urgency) => ({ urgency, entries: new Map<string, QueueEntry>() }));
  const busy = new Map<string, Promise<void>>();
  const state = { isClosed: false };

  const isKnown = (id: string) => busy.has(id) || lanes.some(({ entries }) => entries.has(id));

  function take(): QueueEntry | undefined {
    for (const { entries } of lanes) {
      const [first] = entries.values();
      if (!first) continue;
      entries.delete(first.id);
      return first;
    }
    return undefined;
  }

  function next(): void {
    while (!state.isClosed && busy.size < concurrency) {
      const entry = take();
      if (!entry) return;
      const work = run(entry).finally(() => {
        busy.delete(entry.id);
        next();
      });
      busy.set(entry.id, work);
    }
  }

  return {
    offer(entries) {
      for (const entry of entries) {
        if (isKnown(entry.id)) continue;
        lanes.find(({ urgency }) => urgency === entry.urgency)?.entries.set(entry.id, entry);
      }
      next();
    },
    async close() {
      state.isClosed = true;
    },
    get waiting() {
      return lanes.reduce((sum, { entries }) => sum + entries.size, 0);
    },
  };
}
