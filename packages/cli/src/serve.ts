import { createApp, readConfig, type Role } from '@millrace/server';
import { ArgError } from './arg.error.ts';
import { packages } from './packages.ts';

/** Runs one process of the instance until it is told to stop; gives where it listens. */
export async function serve(role: Role, env: NodeJS.ProcessEnv): Promise<{ url: string }> {
  const app = await createApp(readConfig(env), { packages, role });
  const stopping: { done?: Promise<void> } = {};
  const stop = () => {
    stopping.done ??= app.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The environment with options of the command line in the place of its variables. */
export function withOptions(options: {
  readonly port?: string | undefined;
  readonly concurrency?: string | undefined;
}): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!/^\d+$/.test(value)) throw new ArgError(`--${name}`, value, 'Give a whole number');
    env[`MILLRACE_${name.toUpperCase()}`] = value;
  }
  return env;
}
