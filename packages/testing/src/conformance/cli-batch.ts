import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../cli/bin/millrace.js', import.meta.url));

/** Runs `millrace` with these arguments. */
export const millrace = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [launcher, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

/** One `millrace execute --batch` process, fed a case at a time; started again when it dies. */
export function openBatch(env: NodeJS.ProcessEnv) {
  let current: { child: ChildProcess; lines: AsyncIterator<string> } | undefined;

  const start = () => {
    const child = millrace(['execute', '--batch', '-'], env);
    child.stderr?.resume();
    const { stdout } = child;
    if (!stdout) throw new Error('millrace was started without an output');
    return { child, lines: createInterface({ input: stdout })[Symbol.asyncIterator]() };
  };

  return {
    /** The result line of one case; `undefined` when the process died on it. */
    async run(line: object): Promise<unknown> {
      current ??= start();
      current.child.stdin?.write(`${JSON.stringify(line)}\n`);
      const { value, done } = await current.lines.next();
      if (done) {
        current = undefined;
        return undefined;
      }
      return JSON.parse(value);
    },
    close() {
      current?.child.stdin?.end();
    },
  };
}
