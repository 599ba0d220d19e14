import { CodeError } from '@millrace/workflow/errors';
import type { NodeLogger } from '@millrace/workflow/node-api';
import type { CodePort, CodeRequest } from '@millrace/workflow/ports';

import { createLibraries } from './libraries.ts';
import { readDone } from './outcome.ts';
import { scriptOf } from './script.ts';
import { createRestartPauses } from './restart-pauses.ts';
import { createWorker, type Worker } from './worker.ts';

export interface CodePoolOptions {
  /** Child processes kept warm; also how many attempts run at once. */
  readonly size: number;
  /** Heap of one attempt's isolate. Its process may grow to four times this, and 96 MB, before it is killed. */
  readonly memoryMb: number;
  /** Time past its limit after which an attempt's process is killed. */
  readonly graceMs: number;
  readonly logger: Pick<NodeLogger, 'warn'>;
  /** Characters of JSON an attempt may give back. 64 Mi when left out. */
  readonly maxResultChars?: number;
  /** File the child runs. The built command passes its own. */
  readonly entry?: URL;
}

export interface CodePool extends CodePort {
  /** Process ids of the children, warm and busy. */
  pids(): readonly number[];
  close(): Promise<void>;
}

/**
 * Runs user code behind two walls: an isolate, in a child process without rights. A child that breaks
 * (memory, crash, a limit it did not keep) costs the attempt it ran; another takes its place.
 */
export function createCodePool(options: CodePoolOptions): CodePool {
  const { size, memoryMb, graceMs, logger } = options;
  const workerOptions = {
    entry: options.entry ?? new URL('./child/entry.ts', import.meta.url),
    memoryMb,
    processMb: memoryMb * 4 + 96,
    graceMs,
  };
  const maxResultChars = options.maxResultChars ?? 64 * 1024 * 1024;
  const librariesOf = createLibraries();
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const queue: ((worker: Worker) => void)[] = [];
  let isClosed = false;

  const release = (worker: Worker) => {
    const waiting = queue.shift();
    if (waiting) waiting(worker);
    else idle.push(worker);
  };
  const pauses = createRestartPauses();
  const add = () => {
    if (isClosed) return;
    const startedAt = performance.now();
    const worker = createWorker(workerOptions, {
      onGone(reason) {
        workers.delete(worker);
        const at = idle.indexOf(worker);
        if (at >= 0) idle.splice(at, 1);
        if (isClosed) return;
        const pauseMs = pauses.after(performance.now() - startedAt);
        logger.warn('A code process ended; another takes its place', { reason, pauseMs });
        if (pauseMs === 0) add();
        else setTimeout(add, pauseMs).unref();
      },
    });
    workers.add(worker);
    release(worker);
  };
  for (let count = 0; count < size; count++) add();

  return {
    async run(request) {
      if (isClosed) throw new CodeError('The code pool is closed', { reason: 'canceled' });
      const source = scriptOf(request);
      const job = jobText(request, source, maxResultChars);
      const worker = idle.shift() ?? (await waitForWorker(queue, request.signal));
      const { isGone, text } = await worker.run({
        job,
        libraries: librariesOf(source, request.libraries),
        timeoutMs: request.timeoutMs,
        ...(request.signal && { signal: request.signal }),
        hostCall: (name, args) => answerCall(request, name, args),
      });
      if (!isGone) release(worker);
      return readDone(text());
    },
    pids: () => [...workers].map((worker) => worker.pid),
    async close() {
      isClosed = true;
      await Promise.all([...workers].map((worker) => worker.stop()));
    },
  };
}

/** What the guest reads. `JSON.stringify` drops functions and undefined: text is all that goes in. */
function jobText(request: CodeRequest, source: string, maxResultChars: number): string {
  const { mode, scope, items = [], staticData, timezone = 'UTC', onItemError } = request;
  return JSON.stringify({
    source,
    mode,
    scope,
    items,
    staticData,
    timezone,
    recordsItemErrors: onItemError === 'record',
    maxResultChars,
  });
}

async function answerCall(
  request: CodeRequest,
  name: string,
  args: readonly unknown[],
): Promise<string> {
  try {
    if (!request.hostCall) throw new Error(`"${name}" is not available here`);
    const value = await request.hostCall(name, args);
    return JSON.stringify({ ok: true, value });
  } catch (error) {
    return JSON.stringify({
      ok: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

function waitForWorker(queue: ((worker: Worker) => void)[], signal?: AbortSignal): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const take = (worker: Worker) => {
      signal?.removeEventListener('abort', cancel);
      resolve(worker);
    };
    const cancel = () => {
      queue.splice(queue.indexOf(take), 1);
      reject(new CodeError('The code was canceled before it ran', { reason: 'canceled' }));
    };
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    queue.push(take);
  });
}
