import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../packages/cli/dist/millrace.js', import.meta.url));

/** What the launcher sets. The built file is started without it: nothing may be built meanwhile. */
const MEMORY = ['--max-semi-space-size=16', '--heap-growing-percent=100'];
/** `BENCH_PROFILE=folder`: each process leaves its processor profile there. */
const PROFILE = process.env['BENCH_PROFILE'];
const KEPT_LINES = 50;
/** The kernel counts processor time in these. */
const TICK_MS = 10;

export type RoleCommand = 'start' | 'webhook' | 'worker';

/** One process of the built product. */
export interface BuiltProcess {
  readonly command: RoleCommand;
  readonly pid: number;
  /** Where its inspector listens; only with `BENCH_INSPECT` in its environment. */
  readonly inspectPort: number | undefined;
  readonly base: string;
  /** Time to a good /readyz. */
  readonly startedInMs: number;
  /** Resident memory, MB. */
  residentMb(): number;
  /** The most it ever had, MB; `forgetPeak` begins anew. */
  peakMb(): number;
  forgetPeak(): void;
  /** Processor time of all its threads since it began; children not counted. */
  cpuMs(): number;
  /** Ends it without a word, as a crash does. */
  kill(): Promise<void>;
  /** Tells it to stop, and resolves when it is gone. */
  close(): Promise<void>;
}

/** Starts a process of the built product and waits for it. @throws with its last words when it ends before. */
export async function startBuilt(
  command: RoleCommand,
  env: Readonly<Record<string, string>>,
): Promise<BuiltProcess> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const profile = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}/${command}`] : [];
  const inspectPort = env['BENCH_INSPECT'] ? await freePort() : undefined;
  const inspect = inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...MEMORY, ...profile, ...inspect, built, command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C reaches whoever started it, who ends all in order.
    detached: true,
    env: { ...process.env, MILLRACE_PORT: String(port), MILLRACE_LOG_LEVEL: 'error', ...env },
  });
  const words: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words.push(text);
    if (words.length > KEPT_LINES) words.shift();
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  await answers(`${base}/readyz`, isGone).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`millrace ${command} did not start:\n${words.join('')}`, { cause: error });
  });

  const proc = (file: string) => `/proc/${child.pid}/${file}`;
  const status = (field: string): number =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(proc('status'), 'utf8'))?.[1]) /
    1024;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!isGone()) child.kill(signal);
    await gone;
  }

  return {
    command,
    pid: child.pid ?? 0,
    inspectPort,
    base,
    startedInMs: performance.now() - startedAt,
    residentMb: () => status('VmRSS'),
    peakMb: () => status('VmHWM'),
    forgetPeak: () => writeFileSync(proc('clear_refs'), '5'),
    cpuMs() {
      const fields = readFileSync(proc('stat'), 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}

/** Resolves when `url` gives a 2xx. @throws after 30 s, or when nobody is there any more. */
export async function answers(url: string, isGone: () => boolean = () => false): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && !isGone()) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(isGone() ? 'It ended' : `${url} did not answer within 30 s`);
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
