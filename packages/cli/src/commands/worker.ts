import { defineCommand } from 'citty';
import { worker } from '@millrace/server';
import { needsQueue } from '../needs-queue.ts';
import { serve, withOptions } from '../serve.ts';

export default defineCommand({
  meta: { name: 'worker', description: 'Run executions other processes accept (queue mode)' },
  args: {
    concurrency: {
      type: 'string',
      description: 'Executions at once (MILLRACE_CONCURRENCY, 10)',
    },
    port: {
      type: 'string',
      description: 'Port of /healthz, /readyz and /metrics (MILLRACE_PORT, else a free one)',
    },
  },
  async run({ args }) {
    const env = withOptions({
      port: args.port ?? process.env.MILLRACE_PORT ?? '0',
      concurrency: args.concurrency,
    });
    needsQueue('worker', env);
    await serve(worker, env);
  },
});
