import { defineCommand } from 'citty';
import { main } from '@millrace/server';
import { serve, withOptions } from '../serve.ts';

export default defineCommand({
  meta: { name: 'start', description: 'Serve editor, API, webhooks and schedules' },
  args: { port: { type: 'string', description: 'Port to listen on (MILLRACE_PORT, 5678)' } },
  async run({ args }) {
    const { url } = await serve(main, withOptions({ port: args.port }));
    console.error(`Editor: ${url}`);
  },
});
