import { CodeError } from '@millrace/workflow/errors';

import { residentMb, startChild, type ChildOptions } from './child-process.ts';
import { readFromChild, type FromChild, type ToChild } from './messages.ts';

export interface WorkerOptions extends ChildOptions {
  readonly graceMs: number;
}

export interface WorkerRun {
  readonly job: string;
  readonly libraries: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** JSON text of `{ok, value | message}`. */
  hostCall(name: string, args: readonly unknown[]): Promise<string>;
}

export interface WorkerResult {
  /** The worker broke with this run and must not be used again. */
  readonly isGone: boolean;
  /** What the guest posted. @throws {CodeError} when it never came to that. */
  text(): string;
}

/** One child process and the single attempt it may be busy with. */
export interface Worker {
  readonly pid: number;
  run(run: WorkerRun): Promise<WorkerResult>;
  stop(): Promise<void>;
}

const ignore = () => {};
const MEMORY_CHECK_MS = 50;
const MAX_HOST_CALLS = 100_000;

export function createWorker(
  options: WorkerOptions,
  { onGone }: { onGone(reason: string): void },
): Worker {
  const child = startChild(options);
  const exited = Promise.withResolvers<void>();
  let receive: (message: FromChild) => void = ignore;
  let fail: (error: CodeError) => void = ignore;
  let isKilled = false;

  const tell = (message: ToChild) => {
    if (child.connected) child.send(message, () => {}); // a child that just died is reported by `exit`
  };
  const kill = () => {
    isKilled = true;
    child.kill('SIGKILL');
  };
  child.on('message', (message) => {
    const known = readFromChild(message);
    if (known) receive(known);
  });
  child.on('error', () => kill());
  child.on('exit', (exitCode, signal) => {
    fail(crashed(signal ?? `exit code ${exitCode}`));
    exited.resolve();
    onGone(signal ?? `exit code ${exitCode}`);
  });

  function run({ job, libraries, timeoutMs, signal, hostCall }: WorkerRun): Promise<WorkerResult> {
    const { promise, resolve } = Promise.withResolvers<WorkerResult>();
    let calls = 0;
    const broken = (error: CodeError) => {
      kill();
      end({
        isGone: true,
        text() {
          throw error;
        },
      });
    };
    const cancel = () => broken(new CodeError('The code was canceled', { reason: 'canceled' }));
    const limit = setTimeout(() => broken(timedOut(timeoutMs)), timeoutMs + options.graceMs);
    const memory = setInterval(() => {
      if ((residentMb(child.pid ?? 0) ?? 0) > options.processMb)
        broken(outOfMemory(options.memoryMb));
    }, MEMORY_CHECK_MS);
    const end = (result: WorkerResult) => {
      clearTimeout(limit);
      clearInterval(memory);
      signal?.removeEventListener('abort', cancel);
      receive = ignore;
      fail = ignore;
      resolve(result);
    };

    fail = broken;
    receive = (message) => {
      if (message.type === 'done') return end({ isGone: false, text: () => message.text });
      if (message.type === 'broken')
        return broken(brokenError(message, timeoutMs, options.memoryMb));
      if (message.type !== 'call') return;
      if (++calls > MAX_HOST_CALLS) return broken(crashed('too many calls to the host'));
      void hostCall(message.name, message.args).then((text) =>
        tell({ type: 'answer', call: message.call, text }),
      );
    };
    if (signal?.aborted) cancel();
    else if (isKilled || !child.connected) broken(crashed('it was gone before the code ran'));
    else {
      signal?.addEventListener('abort', cancel, { once: true });
      tell({ type: 'run', job, libraries, timeoutMs });
    }
    return promise;
  }

  return {
    pid: child.pid ?? -1,
    run,
    async stop() {
      kill();
      await exited.promise;
    },
  };
}

function brokenError(
  message: Extract<FromChild, { type: 'broken' }>,
  timeoutMs: number,
  memoryMb: number,
): CodeError {
  if (message.reason === 'timeout') return timedOut(timeoutMs);
  if (message.reason === 'memory') return outOfMemory(memoryMb);
  return crashed(message.text);
}

const timedOut = (timeoutMs: number) =>
  new CodeError(
    `The code did not end within ${timeoutMs / 1000} s`,
    { reason: 'timeout' },
    {
      fix: 'Give it less to do at once, or raise MILLRACE_CODE_TIMEOUT',
    },
  );

const outOfMemory = (memoryMb: number) =>
  new CodeError(
    `The code ran out of memory (${memoryMb} MB)`,
    { reason: 'memory' },
    {
      fix: 'Handle fewer items at once, or raise MILLRACE_CODE_MEMORY_MB',
    },
  );

const crashed = (how: string) =>
  new CodeError(
    `The process running the code ended (${how}), most likely for lack of memory`,
    { reason: 'crash' },
    {
      fix: 'Handle fewer items at once',
    },
  );
