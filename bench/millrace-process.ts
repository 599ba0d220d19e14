import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../packages/cli/dist/millrace.js', import.meta.url));
const OWNER = { email: 'bench@example.com', password: 'bench-password' };

export type MillraceProcess = Awaited<ReturnType<typeof startMillrace>>;

/** The built product as its own process, with a fresh home; `startedInMs` is the time to a good /readyz. */
export async function startMillrace() {
  const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=16', built, 'start'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      MILLRACE_HOME: home,
      MILLRACE_PORT: String(port),
      MILLRACE_LOG_LEVEL: 'error',
      MILLRACE_OWNER_EMAIL: OWNER.email,
      MILLRACE_OWNER_PASSWORD: OWNER.password,
    },
  });
  await answers(`${base}/readyz`);
  const startedInMs = performance.now() - startedAt;

  return {
    base,
    startedInMs,
    /** Resident memory, MB. */
    residentMb(): number {
      const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kb) / 1024;
    },
    /** Stores and publishes a workflow. */
    async publish(workflow: object): Promise<void> {
      const json = { 'content-type': 'application/json' };
      const session = await fetch(`${base}/api/v1/session`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(OWNER),
      });
      const cookie = (session.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
      const headers = { ...json, cookie };
      const made = await fetch(`${base}/api/v1/workflows`, {
        method: 'POST',
        headers,
        body: JSON.stringify(workflow),
      });
      const { id } = (await made.json()) as { id: string };
      const published = await fetch(`${base}/api/v1/workflows/${id}/publish`, {
        method: 'POST',
        headers: { cookie },
      });
      if (!published.ok) throw new Error(`Publishing failed: ${await published.text()}`);
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
