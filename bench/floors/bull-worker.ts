/** The floor of queue mode: a BullMQ worker whose jobs are empty. Tells its parent how many it has done. */
import { createRequire } from 'node:module';
import type * as BullModule from 'bullmq';

const { Worker }: typeof BullModule = createRequire(
  new URL('../../packages/server/package.json', import.meta.url),
)('bullmq');

const TELL_MS = 5;
const [, , url = '', concurrency = '1'] = process.argv;
const count = { done: 0, told: 0 };
const worker = new Worker('floor', async () => void count.done++, {
  connection: { url, maxRetriesPerRequest: null },
  concurrency: Number(concurrency),
  removeOnComplete: { count: 0 },
});
await worker.waitUntilReady();
process.send?.(0);
setInterval(() => {
  if (count.done === count.told) return;
  process.send?.(count.done - count.told);
  count.told = count.done;
}, TELL_MS);
