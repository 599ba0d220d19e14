import type { Outputs } from '@millrace/workflow/items';
import type { ExecutionRow, ExecutionRunRow } from '../../db/index.ts';
import type { ChunkRow, RunWrite } from './bulk-rows.ts';

/** What one execution has to write at once: its row, runs, or its new state. All or nothing. */
export interface ExecutionWrite {
  readonly id: string;
  /** The holder's number; all but `insert` is refused when the row has another. */
  readonly fence: number;
  readonly insert?: ExecutionRow;
  /** What the inserted row's trigger brought, when that is too large for the row. */
  readonly bulkStart?: Outputs | undefined;
  readonly runs?: readonly RunWrite[];
  readonly update?: ExecutionRow;
}

/** The columns an update may change. */
export const STATE_COLUMNS = [
  'status',
  'startedAt',
  'finishedAt',
  'error',
  'lastNode',
  'customData',
  'waitNode',
  'waitUntil',
  'leaseOwner',
  'leaseUntil',
  'resumeData',
  'inFlight',
  'restarts',
  'restartRuns',
] as const satisfies readonly (keyof ExecutionRow)[];

export const EXECUTION_COLUMNS = [
  'id',
  'workflowId',
  'versionId',
  'snapshot',
  'mode',
  'status',
  'startNode',
  'triggerData',
  'destination',
  'parentId',
  'retryOf',
  'customData',
  'createdAt',
  'startedAt',
  'finishedAt',
  'error',
  'lastNode',
  'waitNode',
  'waitUntil',
  'resumeTokenHash',
  'leaseOwner',
  'leaseUntil',
  'fence',
  'resumeData',
  'inFlight',
  'restarts',
  'restartRuns',
  'limitKey',
  'limitError',
] as const satisfies readonly (keyof ExecutionRow)[];

export const RUN_COLUMNS = [
  'executionId',
  'node',
  'runIndex',
  'attempt',
  'seq',
  'status',
  'startedAt',
  'durationMs',
  'sources',
  'outputs',
  'error',
  'failedTries',
  'packed',
] as const satisfies readonly (keyof ExecutionRunRow)[];

export const CHUNK_COLUMNS = [
  'executionId',
  'node',
  'runIndex',
  'attempt',
  'part',
  'output',
  'data',
] as const satisfies readonly (keyof ChunkRow)[];

export const quote = (name: string) => `"${name}"`;
export const list = (names: readonly string[]) => names.map(quote).join(', ');
