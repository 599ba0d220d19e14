import type { ErrorData, Outputs, RunSource } from '../items/index.ts';

export type RunStatus = 'success' | 'error' | 'waiting' | 'canceled';

/** One node once within an execution, as stored. `seq` counts runs in time order over the execution. */
export interface RunRecord {
  readonly seq: number;
  readonly node: string;
  readonly runIndex: number;
  readonly attempt: number;
  readonly status: RunStatus;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Per input index. */
  readonly sources: readonly (RunSource | null)[];
  readonly outputs: Outputs;
  readonly error?: ErrorData;
  /** Tries of this run that failed before; a journal may know them, the engine does not ask. */
  readonly failedTries?: readonly PastTry[];
}

/** A try that failed, within its run. */
export type PastTry = Omit<FailedTry, 'node' | 'runIndex'>;

/** One try of one run. */
export interface RunAttempt {
  readonly node: string;
  readonly runIndex: number;
  readonly attempt: number;
}

/** A try that failed and is followed by another of the same run. */
export interface FailedTry extends RunAttempt {
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly error: ErrorData;
}

/**
 * Where finished runs go. The engine awaits `record` before it dispatches the next node,
 * except after `pure` nodes, whose records may be written later or never (they are recomputed).
 */
export interface JournalPort {
  /**
   * Told before each attempt of a node that is not pure, and awaited: where an attempt may not be
   * repeated unasked after a crash, this is what says that it began.
   */
  begin?(attempt: RunAttempt): Promise<void> | void;
  /** Told of each try that is not the last; the run itself is recorded once, with its last try. */
  failedTry?(failed: FailedTry): Promise<void> | void;
  record(run: RunRecord, options: { readonly pure: boolean }): Promise<void> | void;
}
