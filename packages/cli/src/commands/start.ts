import { defineCommand } from 'citty';
import { createApp, readConfig } from '@millrace/server';
import { ArgError } from '../arg.error.ts';
import { packages } from '../packages.ts';

export default defineCommand({
  meta: { name: 'start', description: 'Serve editor, API, webhooks and schedules' },
  args: { port: { type: 'string', description: 'Port to listen on (MILLRACE_PORT, 5678)' } },
  async run({ args }) {
    const app = await createApp(readConfig(withPort(args.port)), { packages });
    const { url } = await app.listen();
    console.error(`Editor: ${url}`);

    const stop = async () => {
      await app.close();
      process.exit(0);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  },
});

function withPort(port: string | undefined): NodeJS.ProcessEnv {
  if (port === undefined) return process.env;
  if (!/^\d+$/.test(port)) throw new ArgError('--port', port, 'Give a number from 0 to 65535');
  return { ...process.env, MILLRACE_PORT: port };
}
