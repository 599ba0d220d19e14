import { ConfigError } from '@millrace/server';

/** Says why a process that works for others cannot start on its own. */
export function needsQueue(command: string, env: NodeJS.ProcessEnv): void {
  if (env['MILLRACE_QUEUE'] === 'bullmq') return;
  throw new ConfigError(
    'MILLRACE_QUEUE',
    env['MILLRACE_QUEUE'] ?? '',
    `"bullmq", with MILLRACE_REDIS_URL, for "millrace ${command}"`,
  );
}
