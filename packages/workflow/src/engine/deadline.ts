import type { Clock } from '../ports/index.ts';
import type { ExecutionRequest } from './run-execution.types.ts';
import { TimeoutError } from './timeout.error.ts';

/** Says when an execution has to stop: its caller cancels it, or its time is over (n8n-facts A15.71). */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why the time is over; `undefined` when it was the caller who cancelled. */
  error(): TimeoutError | undefined;
  /** Nothing of the execution shall go on: what still runs is cancelled. */
  stop(): void;
  /** The execution is over: the timer may go. */
  clear(): void;
}

/** Timers cannot be set further ahead; a limit beyond is none. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function createDeadline({ signal, workflow }: ExecutionRequest, clock: Clock): Deadline {
  const seconds = Number(workflow.settings?.executionTimeout ?? -1);
  const timeoutMs = seconds * 1000;
  const isLimited = timeoutMs > 0 && timeoutMs <= MAX_TIMER_MS;
  if (!isLimited && workflow.settings?.executionOrder !== 'parallel') {
    const nothing = () => undefined;
    const plain = signal ?? new AbortController().signal;
    return { signal: plain, error: nothing, stop: nothing, clear: nothing };
  }

  const over = new AbortController();
  const cleared = new AbortController();
  if (isLimited) {
    clock.sleep(timeoutMs, cleared.signal).then(
      () => over.abort(new TimeoutError(seconds)),
      () => undefined,
    );
  }
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    error: () => (over.signal.reason instanceof TimeoutError ? over.signal.reason : undefined),
    stop: () => over.abort(),
    clear: () => cleared.abort(),
  };
}
