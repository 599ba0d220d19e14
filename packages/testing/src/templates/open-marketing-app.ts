import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { nodesBase } from '@millrace/nodes-base';
import { createApp, createLogger, readConfig } from '@millrace/server';
import { nodesMarketing } from 'millrace-nodes-marketing';

const OWNER = { email: 'owner@example.com', password: 'correct horse battery' };
const PATIENCE_MS = 60_000;

type Json = Readonly<Record<string, unknown>>;

export interface RunItem {
  readonly json: Json;
  readonly binary?: Json;
}

/** How an execution ended, with the items of each node's last run. */
export interface Ended {
  readonly status: string;
  readonly error: unknown;
  items(node: string): readonly RunItem[];
}

/** A whole Millrace with both packages on a database of its own, as its owner sees it. */
export async function openMarketingApp(env: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'millrace-marketing-'));
  const config = readConfig({
    MILLRACE_HOME: home,
    MILLRACE_PORT: '0',
    MILLRACE_LOG_LEVEL: 'error',
    MILLRACE_OWNER_EMAIL: OWNER.email,
    MILLRACE_OWNER_PASSWORD: OWNER.password,
    ...env,
  });
  const app = await createApp(config, {
    packages: [nodesBase, nodesMarketing],
    logger: createLogger(config.log),
  });
  const { url } = await app.listen();
  const session = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  async function call(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : {};
  }

  return {
    url,
    call,
    /** Starts a job by its route and waits until it ended well. */
    async job(path: string, body: Json = {}): Promise<Json> {
      const { jobId } = await call('POST', path, body);
      const job = await until(
        () => call('GET', `/jobs/${String(jobId)}`),
        ({ status }) => status !== 'queued' && status !== 'running',
      );
      if (job['status'] !== 'success') throw new Error(`${path}: ${JSON.stringify(job['error'])}`);
      return job;
    },
    /** Waits for the end of an execution. */
    async ended(id: string): Promise<Ended> {
      const execution = await until(
        () => call('GET', `/executions/${id}?data=true`),
        ({ status }) => ['success', 'error', 'canceled', 'waiting'].includes(String(status)),
      );
      return readEnd(execution);
    },
    async close() {
      await app.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function until(ask: () => Promise<Json>, holds: (answer: Json) => boolean): Promise<Json> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer).slice(0, 300)}`);
    await pause(50);
  }
}

interface RunData {
  readonly [node: string]: readonly { readonly outputs?: readonly (readonly RunItem[])[] }[];
}

function readEnd(execution: Json): Ended {
  const { status, error, runData } = execution as Json & { readonly runData?: RunData };
  return {
    status: String(status),
    error,
    items: (node) => runData?.[node]?.at(-1)?.outputs?.flat() ?? [],
  };
}
