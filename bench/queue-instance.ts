import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedisServer, type RedisServer } from '../packages/testing/src/faults/redis-server.ts';
import { createBenchDatabase } from './bench-database.ts';
import { startBuilt, type BuiltProcess, type RoleCommand } from './built-process.ts';
import { createOwner, ownerEnv, type Owner } from './owner.ts';

/** The built product in queue mode: processes with a Redis and a Postgres database of their own. */
export interface QueueInstance {
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  /** At the main process, which is there from the beginning. */
  readonly owner: Owner;
  readonly main: BuiltProcess;
  /** All that were started, the main process first. */
  readonly processes: readonly BuiltProcess[];
  start(command: RoleCommand, env?: Readonly<Record<string, string>>): Promise<BuiltProcess>;
  /** Ends all processes, then takes away database and folder. */
  close(): Promise<void>;
}

export async function openQueueInstance(
  env: Readonly<Record<string, string>> = {},
): Promise<QueueInstance> {
  const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const ends: (() => Promise<void>)[] = [
    async () => rmSync(home, { recursive: true, force: true }),
  ];
  const close = async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const database = await createBenchDatabase();
    ends.push(database.drop);
    const redis = await openRedisServer();
    ends.push(() => redis.close());
    const variables = {
      MILLRACE_HOME: home,
      MILLRACE_DATABASE_URL: database.url,
      MILLRACE_QUEUE: 'bullmq',
      MILLRACE_REDIS_URL: redis.url,
      ...ownerEnv,
      ...env,
    };
    const processes: BuiltProcess[] = [];
    const start: QueueInstance['start'] = async (command, more = {}) => {
      const process = await startBuilt(command, { ...variables, ...more });
      ends.push(process.close);
      processes.push(process);
      return process;
    };
    const main = await start('start');
    const owner = createOwner(main.base);
    return { redis, databaseUrl: database.url, owner, main, processes, start, close };
  } catch (error) {
    await close();
    throw error;
  }
}
