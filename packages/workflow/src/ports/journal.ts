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
}

/**
 * Where finished runs go. The engine awaits `record` before it dispatches the next node,
 * except after `pure` nodes, whose records may be written later or never (they are recomputed).
 */
export interface JournalPort {
  record(run: RunRecord, options: { readonly pure: boolean }): Promise<void> | void;
}
