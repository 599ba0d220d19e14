import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as BullModule from 'bullmq';

const { Queue }: typeof BullModule = createRequire(
  new URL('../packages/server/package.json', import.meta.url),
)('bullmq');

const worker = fileURLToPath(new URL('floors/bull-worker.ts', import.meta.url));
const JOBS = 20_000;

/** Empty jobs through BullMQ: added here one by one, so many at a time, done by processes of their own. */
export async function openBullFloor(
  url: string,
  { workers, concurrency }: { workers: number; concurrency: number },
) {
  const queue = new Queue('floor', { connection: { url } });
  const state = { left: 0, drained: () => {} };
  const children = await Promise.all(Array.from({ length: workers }, startWorker));

  async function startWorker() {
    const child = fork(worker, [url, String(concurrency)]);
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('The worker of the floor did not start')));
    });
    child.on('message', (done) => {
      state.left -= Number(done);
      if (state.left <= 0) state.drained();
    });
    return child;
  }

  return {
    /** Jobs a second, from the first that is added to the last that is done. */
    async perSecond(): Promise<number> {
      const drained = new Promise<void>((resolve) => (state.drained = resolve));
      state.left = JOBS;
      const startedAt = performance.now();
      const jobs = Array.from({ length: JOBS }).keys();
      const lane = async () => {
        for (const job of jobs)
          await queue.add('empty', { id: job }, { jobId: `${startedAt}-${job}` });
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
      await drained;
      return (JOBS * 1000) / (performance.now() - startedAt);
    },
    async close(): Promise<void> {
      await Promise.all(
        children.map((child) => {
          const gone = new Promise((resolve) => child.once('exit', resolve));
          child.kill();
          return gone;
        }),
      );
      await queue.close();
    },
  };
}
