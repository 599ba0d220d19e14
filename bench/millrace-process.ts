import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../packages/cli/dist/millrace.js', import.meta.url));
const OWNER = { email: 'bench@example.com', password: 'bench-password' };

/** What the launcher sets. The built file is started without it: nothing may be built meanwhile. */
const MEMORY = ['--max-semi-space-size=16', '--heap-growing-percent=100'];

/** Signs in as the owner; gives the cookie. */
async function signIn(base: string): Promise<string> {
  const { headers } = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  return (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

export type MillraceProcess = Awaited<ReturnType<typeof startMillrace>>;

/** The built product as its own process, with a fresh home; `startedInMs` is the time to a good /readyz. */
export async function startMillrace(
  env: Readonly<Record<string, string>> = {},
  home = mkdtempSync(join(tmpdir(), 'millrace-bench-')),
) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...MEMORY, built, 'start'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      MILLRACE_HOME: home,
      MILLRACE_PORT: String(port),
      MILLRACE_LOG_LEVEL: 'error',
      MILLRACE_OWNER_EMAIL: OWNER.email,
      MILLRACE_OWNER_PASSWORD: OWNER.password,
      ...env,
    },
  });
  await answers(`${base}/readyz`);
  const startedInMs = performance.now() - startedAt;

  const status = (field: string): number =>
    Number(
      new RegExp(`${field}:\\s+(\\d+)`).exec(
        readFileSync(`/proc/${child.pid}/status`, 'utf8'),
      )?.[1],
    ) / 1024;

  /** Calls the API as the owner. @throws when the answer is not a good one. */
  async function api(method: string, path: string, body?: object): Promise<unknown> {
    session.cookie ??= signIn(base);
    const headers = { 'content-type': 'application/json', cookie: await session.cookie };
    const text = JSON.stringify(body ?? {});
    const init = method === 'GET' ? { method, headers } : { method, headers, body: text };
    const reply = await fetch(`${base}/api/v1${path}`, init);
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }
  const session: { cookie?: Promise<string> } = {};

  return {
    base,
    home,
    startedInMs,
    api,
    /** Resident memory, MB. */
    residentMb: () => status('VmRSS'),
    /** The most it ever had, MB; `forgetPeak` begins anew. */
    peakMb: () => status('VmHWM'),
    forgetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    /** Stores and publishes a workflow. */
    async publish(workflow: object): Promise<void> {
      const { id } = (await api('POST', '/workflows', workflow)) as { id: string };
      await api('POST', `/workflows/${id}/publish`);
    },
    async close(): Promise<void> {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Resolves when `url` gives a 2xx. @throws after 30 s. */
export async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} did not answer within 30 s`);
}

export function freePort(): Promise<number> {
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
