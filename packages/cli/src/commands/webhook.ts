import { defineCommand } from 'citty';
import { webhook } from '@millrace/server';
import { needsQueue } from '../needs-queue.ts';
import { serve, withOptions } from '../serve.ts';

export default defineCommand({
  meta: { name: 'webhook', description: 'Accept calls of published workflows (queue mode)' },
  args: { port: { type: 'string', description: 'Port to listen on (MILLRACE_PORT, 5678)' } },
  async run({ args }) {
    const env = withOptions({ port: args.port });
    needsQueue('webhook', env);
    await serve(webhook, env);
  },
});
