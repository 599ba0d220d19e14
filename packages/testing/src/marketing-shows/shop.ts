import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { env, execPath } from 'node:process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { startChild } from '../faults/child.ts';
import { eventually, OWNER, signIn } from '../faults/instance-client.ts';

const INSTANCE = fileURLToPath(new URL('../faults/instance.ts', import.meta.url));
const CLOCK = fileURLToPath(new URL('moved-clock.ts', import.meta.url));
const PATIENCE_S = 300;

export type Json = Readonly<Record<string, unknown>>;

/** A row of a table as its CSV export has it: text, empty where nothing is known. */
export type ExportedRow = Readonly<Record<string, string>>;

/** Millrace as a process of its own on SQLite in a fresh folder, used over REST by its owner. */
export interface Shop {
  readonly url: string;
  /** @throws when the answer is no success. */
  call(method: string, path: string, body?: object): Promise<Json>;
  /** Starts a job by its route and waits until it ended well; gives its result. */
  job(path: string, body?: object): Promise<Json>;
  /** Runs a workflow by hand and waits until it ended well. */
  execute(workflowId: string): Promise<void>;
  /** Starts a workflow by hand; `ended` waits until it ended well. */
  begin(workflowId: string): Promise<{ ended(): Promise<Json> }>;
  /** A whole table of the marketing package, by its name without prefix. */
  table(name: string): Promise<readonly ExportedRow[]>;
  /** Sets its clock. */
  moveTo(now: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens it with the clock at `now`; requests may go to this machine only. */
export async function openShop(now: number): Promise<Shop> {
  const home = await mkdtemp(join(tmpdir(), 'millrace-shows-'));
  const clock = join(home, 'clock');
  await writeFile(clock, String(now));
  const process = await startChild(execPath, ['--import', CLOCK, INSTANCE, 'main'], {
    env: {
      ...env,
      MILLRACE_HOME: home,
      MILLRACE_PORT: '0',
      MILLRACE_DATABASE_URL: `sqlite:${join(home, 'millrace.sqlite')}`,
      MILLRACE_EGRESS_ALLOW: '127.0.0.1',
      MILLRACE_LOG_LEVEL: 'error',
      MILLRACE_OWNER_EMAIL: OWNER.email,
      MILLRACE_OWNER_PASSWORD: OWNER.password,
      SHOWS_CLOCK: clock,
      TZ: 'UTC',
    },
    isReady: (line) => line.startsWith('http://'),
  });
  const url = process.firstLine;
  const session = { client: await signIn(url) };

  async function call(method: string, path: string, body?: object): Promise<Json> {
    const answer = await session.client.call(method, path, body);
    if (answer.status < 400) return answer.body;
    throw new Error(`${method} ${path} gave ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** Asks until it is over. @throws when it did not end well. */
  async function ended(path: string): Promise<Json> {
    const last: { answer: Json } = { answer: {} };
    const isOver = async () => {
      last.answer = await call('GET', path);
      return !['new', 'queued', 'running'].includes(String(last.answer['status']));
    };
    await eventually(`${path} is over`, isOver, PATIENCE_S);
    if (last.answer['status'] === 'success') return last.answer;
    throw new Error(`${path} ended badly: ${JSON.stringify(last.answer).slice(0, 2000)}`);
  }

  async function begin(workflowId: string) {
    const { id } = await call('POST', `/workflows/${workflowId}/execute`, {});
    return { ended: () => ended(`/executions/${String(id)}`) };
  }

  return {
    url,
    call,
    async job(path, body = {}) {
      const { jobId } = await call('POST', path, body);
      const { result } = await ended(`/jobs/${String(jobId)}`);
      return isJson(result) ? result : {};
    },
    begin,
    execute: async (workflowId) => void (await (await begin(workflowId)).ended()),
    async table(name) {
      return parse(await session.client.download(`/marketing/export/${name}`), { columns: true });
    },
    async moveTo(at) {
      await writeFile(clock, String(at));
      process.signal('SIGUSR2');
      const isSet = () => process.log.includes(`The clock is set to ${at}`);
      await eventually('the clock is set', isSet, PATIENCE_S);
      session.client = await signIn(url);
    },
    async close() {
      await process.end('SIGTERM');
      await rm(home, { recursive: true, force: true });
    },
  };
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
