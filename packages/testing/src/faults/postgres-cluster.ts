import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { run } from './postgres-database.ts';

const execute = promisify(execFile);

/** A Postgres of the test's own, which it may restart. */
export interface PostgresCluster {
  readonly url: string;
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  terminateBackends(): Promise<void>;
  close(): Promise<void>;
}

/** Needs `initdb` and `pg_ctl` on the path. Postgres refuses to run as root, so root lends itself out. */
export async function openPostgresCluster(): Promise<PostgresCluster> {
  const isRoot = process.getuid?.() === 0;
  const asPostgres = (command: string, ...args: string[]) =>
    isRoot
      ? execute('runuser', ['-u', 'postgres', '--', command, ...args], { cwd: '/' })
      : execute(command, args);
  const folder = await mkdtemp('/tmp/millrace-postgres-');
  if (isRoot) await execute('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const port = await freePort();
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const control = (...args: string[]) => asPostgres('pg_ctl', '-D', data, '-w', ...args);

  await asPostgres('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync');
  const start = () => control('-o', options, '-l', join(folder, 'log'), 'start');
  await start();
  const url = `postgres://postgres@127.0.0.1:${port}`;
  return {
    url,
    async restart(mode) {
      await control('-m', mode, 'stop');
      await start();
    },
    terminateBackends: () =>
      run(
        url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND random() < 0.7',
      ),
    async close() {
      await control('-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
