import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, type Child } from './child.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { OWNER, signIn, type InstanceClient } from './instance-client.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { openRedisServer, type RedisServer } from './redis-server.ts';
import { openSink, type Sink } from './sink.ts';

const INSTANCE = fileURLToPath(new URL('instance.ts', import.meta.url));

export type Mode = 'embedded' | 'queue';
export type RoleName = 'main' | 'worker' | 'webhook';

/** A process of the instance; `url` is where it listens. */
export interface Instance extends Child {
  readonly url: string;
}

/** An instance of Millrace on a database of its own, as real processes. */
export interface Testbed {
  readonly sink: Sink;
  /** Queue mode only. */
  readonly redis: RedisServer | undefined;
  readonly database: string;
  readonly ledger: Ledger;
  /** @param program - `instance.ts` of another build. */
  start(role: RoleName, env?: NodeJS.ProcessEnv, program?: string): Promise<Instance>;
  /** Starts one that will not live long, and resolves when it is gone. */
  startDoomed(role: RoleName, env: NodeJS.ProcessEnv): Promise<void>;
  signIn(instance: Instance): Promise<InstanceClient>;
  close(): Promise<void>;
}

export interface TestbedOptions {
  readonly mode: Mode;
  readonly env?: NodeJS.ProcessEnv;
  /** A Postgres of the test's own in place of the shared one. */
  readonly postgres?: string;
}

/** As the launcher starts the server. */
const MEMORY = ['--max-semi-space-size=16', '--heap-growing-percent=100'];

/** Leases are short, so that takeovers are quick. */
export const LEASE_SECONDS = '3';

export async function openTestbed({ mode, env = {}, postgres }: TestbedOptions): Promise<Testbed> {
  const home = await mkdtemp(join(tmpdir(), 'millrace-faults-'));
  const sink = await openSink();
  const isQueue = mode === 'queue';
  const redis = isQueue ? await openRedisServer() : undefined;
  const stored = isQueue ? await openPostgresDatabase(postgres) : undefined;
  const database = stored?.url ?? `sqlite:${join(home, 'millrace.sqlite')}`;
  const ledger = await openLedger(database);
  const started: Child[] = [];

  const variables = {
    ...process.env,
    MILLRACE_HOME: home,
    MILLRACE_PORT: '0',
    MILLRACE_DATABASE_URL: database,
    MILLRACE_LEASE_SECONDS: LEASE_SECONDS,
    MILLRACE_LOG_FORMAT: 'json',
    MILLRACE_LOG_LEVEL: 'warn',
    MILLRACE_OWNER_EMAIL: OWNER.email,
    MILLRACE_OWNER_PASSWORD: OWNER.password,
    FAULT_SINK: sink.url,
    ...(redis && { MILLRACE_QUEUE: 'bullmq', MILLRACE_REDIS_URL: redis.url }),
    ...env,
  };

  async function start(role: RoleName, more = {}, program = INSTANCE): Promise<Instance> {
    const child = await startChild(process.execPath, [...MEMORY, program, role], {
      env: { ...variables, ...more },
      isReady: (line) => line.startsWith('http://'),
    });
    started.push(child);
    return Object.assign(child, { url: child.firstLine });
  }

  return {
    sink,
    redis,
    database,
    ledger,
    start,
    startDoomed: (role, more) =>
      // It may be gone before it is ready.
      start(role, more).then(
        ({ gone }) => gone,
        () => undefined,
      ),
    signIn: (instance) => signIn(instance.url),
    async close() {
      await Promise.all(started.map(async (child) => child.isGone || child.end()));
      await ledger.close();
      await redis?.close();
      await stored?.close();
      await sink.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
