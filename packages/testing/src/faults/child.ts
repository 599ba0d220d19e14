import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process a test started. */
export interface Child {
  readonly pid: number;
  /** The first line it printed. */
  readonly firstLine: string;
  /** What it wrote to stderr lately. */
  readonly log: readonly string[];
  readonly isGone: boolean;
  signal(signal: NodeJS.Signals): void;
  /** Ends it, and resolves when it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
  readonly gone: Promise<void>;
}

const KEPT_LINES = 200;

/** Starts a process and waits for its first line. @throws with its last words when it ends before. */
export async function startChild(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly isReady?: (line: string) => boolean } = {},
): Promise<Child> {
  const { env = process.env, isReady = () => true } = options;
  const child = spawn(command, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  const gone = once(child, 'exit').then(() => undefined);
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      log.push(line);
      if (log.length > KEPT_LINES) log.shift();
      if (isReady(line)) ready.resolve(line);
    });
  void gone.then(() => ready.reject(new Error(`${command} ended:\n${log.join('\n')}`)));
  const firstLine = await ready.promise;

  return {
    pid: child.pid ?? 0,
    firstLine,
    log,
    get isGone() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    signal: (signal) => child.kill(signal),
    async end(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
    gone,
  };
}
