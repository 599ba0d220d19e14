import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { run } from './postgres-database.ts';
import { LEASE_SECONDS, type Instance, type Testbed } from './testbed.ts';

/** A main and two workers that are there again after each fault. */
export interface Scene {
  readonly bed: Testbed;
  readonly base: string;
  readonly all: () => readonly Instance[];
  restartMain(): Promise<void>;
  restartWorker(): Promise<void>;
  readonly worker: () => Instance;
}

export async function openScene(bed: Testbed): Promise<Scene> {
  const port = await freePort();
  const startMain = () => bed.start('main', { MILLRACE_PORT: String(port) });
  const [main, worker, other] = await Promise.all([
    startMain(),
    bed.start('worker'),
    bed.start('worker'),
  ]);
  const state = { main, worker };
  return {
    bed,
    base: `http://127.0.0.1:${port}`,
    all: () => [state.main, state.worker, other],
    worker: () => state.worker,
    async restartMain() {
      await state.main.end('SIGKILL');
      state.main = await startMain();
    },
    async restartWorker() {
      await state.worker.end('SIGKILL');
      state.worker = await bed.start('worker');
    },
  };
}

/** What may happen to a running instance at any moment. */
export const STRIKES: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'kill -9 of a worker': (scene) => scene.restartWorker(),
  'kill -9 of main': (scene) => scene.restartMain(),
  'Redis restarted empty': async ({ bed }) => bed.redis?.restart(),
  'connections to Postgres ended': ({ bed }) => endConnections(bed.database),
  'SIGSTOP of a worker for two leases': async ({ worker }) => {
    const sleeper = worker();
    sleeper.signal('SIGSTOP');
    await sleep(2 * Number(LEASE_SECONDS) * 1000);
    sleeper.signal('SIGCONT');
  },
};

/** All but those by which the test looks. */
async function endConnections(database: string): Promise<void> {
  const url = new URL(database);
  const name = url.pathname.slice(1);
  url.pathname = '';
  await run(
    url.href.replace(/\/$/, ''),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = '${name}' AND application_name <> 'ledger'`,
  );
}
