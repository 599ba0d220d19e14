/**
 * Rehearses docker/compose.queue.yml without Docker: the same commands with the same environment as
 * processes of this machine, against the PostgreSQL and Redis that run here.
 *
 *   node scripts/compose-queue.ts
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../', import.meta.url));
const launcher = join(root, 'packages/cli/bin/millrace.js');
const postgres = process.env.PGURL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const redis = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const READY_MS = 60_000;

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly deploy?: { readonly replicas?: number };
}

interface Running {
  readonly service: string;
  readonly base: string;
  readonly process: ChildProcess;
}

export interface Rehearsal {
  /** Services in the order they were started, one entry a replica. */
  readonly started: readonly string[];
  /** Answers of the sample workflow, asked through the process that only accepts. */
  readonly answers: readonly string[];
  /** Exit codes after SIGTERM, in the order of `started`. */
  readonly exitCodes: readonly (number | null)[];
}

/** Starts every Millrace process of the file, calls the sample `calls` times, stops all of them. */
export async function rehearse(calls: number): Promise<Rehearsal> {
  const home = mkdtempSync(join(tmpdir(), 'millrace-compose-'));
  const database = `millrace_compose_${process.pid}`;
  await administer(`CREATE DATABASE ${database}`);
  const running: Running[] = [];
  try {
    for (const [name, service] of millraceServices()) {
      for (let replica = 0; replica < (service.deploy?.replicas ?? 1); replica += 1) {
        running.push(await start(name, service, { home, database }));
      }
    }
    const door = running.find(({ service }) => service === 'webhook');
    if (!door) throw new Error('compose.queue.yml has no service "webhook"');
    const answers = await Promise.all(Array.from({ length: calls }, (_, i) => callSample(door, i)));
    return {
      started: running.map(({ service }) => service),
      answers,
      exitCodes: await stop(running),
    };
  } finally {
    await stop(running);
    await administer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    rmSync(home, { recursive: true, force: true });
  }
}

function millraceServices(): [string, Service][] {
  const text = readFileSync(join(root, 'docker/compose.queue.yml'), 'utf8');
  const { services }: { services: Record<string, Service> } = parse(text, { merge: true });
  return Object.entries(services).filter(([, { image }]) => image === 'millrace:latest');
}

async function start(
  service: string,
  { command = ['start'], environment = {} }: Service,
  place: { readonly home: string; readonly database: string },
): Promise<Running> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [launcher, ...command], {
    env: {
      ...process.env,
      ...environment,
      // What the compose file leaves to the machine it runs on.
      MILLRACE_DATABASE_URL: postgres.replace(/\/[^/]*$/, `/${place.database}`),
      MILLRACE_REDIS_URL: redis,
      MILLRACE_QUEUE_PREFIX: place.database,
      MILLRACE_ENCRYPTION_KEY: 'a key for one rehearsal only',
      MILLRACE_HOME: place.home,
      MILLRACE_PORT: String(port),
      MILLRACE_PUBLIC_URL: base,
      MILLRACE_TIMEZONE: 'UTC',
      MILLRACE_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(service, base, child);
  return { service, base, process: child };
}

async function untilReady(service: string, base: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${base}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGTERM');
  throw new Error(`The service "${service}" was not ready: ended with ${child.exitCode}`);
}

async function callSample({ base }: Running, index: number): Promise<string> {
  const answer = await fetch(`${base}/webhook/hello?name=caller-${index}`);
  return answer.text();
}

async function stop(running: readonly Running[]): Promise<(number | null)[]> {
  return Promise.all(
    running.map(async ({ process: child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    }),
  );
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

if (import.meta.main) {
  const { started, answers, exitCodes } = await rehearse(50);
  const good = answers.filter((answer) => answer.includes('Hello, caller-')).length;
  console.log(`started: ${started.join(', ')}`);
  console.log(`answered: ${good} of ${answers.length}`);
  console.log(`ended with: ${exitCodes.join(', ')}`);
  process.exitCode = good === answers.length && exitCodes.every((code) => code === 0) ? 0 : 1;
}
