import type { Batch, ErrorData, Outputs, RunSource } from '@millrace/workflow/items';
import type { PastTry, RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow, ExecutionRunRow } from '../db/index.ts';
import { NO_KEY, type KeyColumns } from './limits/index.ts';
import type { RunWrite } from './commit/bulk-rows.ts';
import { chunkedRow, inlineOutputs } from './outputs/pack-outputs.ts';
import type { AcceptRequest } from './runtime.types.ts';

/** The row of an execution that has not begun; without a lease, whoever is first may take it. */
export function newRow(
  request: AcceptRequest,
  {
    id,
    now,
    lease,
    key = NO_KEY,
  }: {
    id: string;
    now: number;
    lease: { owner: string; until: number } | undefined;
    key?: KeyColumns;
  },
): ExecutionRow {
  return {
    id,
    workflowId: request.workflowId,
    versionId: request.versionId ?? null,
    snapshot: request.snapshot ? JSON.stringify(request.snapshot) : null,
    mode: request.mode,
    status: 'new',
    startNode: request.start?.node ?? null,
    triggerData: request.start?.outputs ? rowText(request.start.outputs) : null,
    destination: request.destination ?? null,
    parentId: request.parentId ?? null,
    retryOf: request.retryOf ?? null,
    customData: null,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    error: null,
    lastNode: null,
    waitNode: null,
    waitUntil: null,
    resumeTokenHash: null,
    leaseOwner: lease?.owner ?? null,
    leaseUntil: lease?.until ?? null,
    fence: lease ? 1 : 0,
    resumeData: null,
    inFlight: null,
    restarts: 0,
    restartRuns: 0,
    limitKey: key.limitKey,
    limitError: key.limitError,
    limitedBy: null,
  };
}

/** Outputs as a row holds them: themselves, or that they stand beside it. */
const rowText = (outputs: Outputs): string => inlineOutputs(outputs) ?? chunkedRow(outputs);

/** What a trigger brought, when that is too large for the row made of it. */
export const bulkStartOf = (
  { start }: AcceptRequest,
  { triggerData }: Pick<ExecutionRow, 'triggerData'>,
): readonly Batch[] | undefined =>
  triggerData?.startsWith('{') === true ? start?.outputs : undefined;

/** A run as the journal stores it; outputs that are too large for a row travel beside it. */
export function runRow(executionId: string, run: RunRecord): RunWrite {
  const outputs = inlineOutputs(run.outputs);
  return outputs === undefined
    ? { ...rowOf(executionId, run, chunkedRow(run.outputs)), bulk: run.outputs }
    : rowOf(executionId, run, outputs);
}

const rowOf = (executionId: string, run: RunRecord, outputs: string): ExecutionRunRow => ({
  executionId,
  node: run.node,
  runIndex: run.runIndex,
  attempt: run.attempt,
  seq: run.seq,
  status: run.status,
  startedAt: run.startedAt,
  durationMs: Math.round(run.durationMs),
  sources: JSON.stringify(run.sources),
  outputs,
  error: run.error ? JSON.stringify(run.error) : null,
  failedTries: run.failedTries ? JSON.stringify(run.failedTries) : null,
  packed: null,
});

/** A run as it was before it was stored. */
export function readRun(row: ExecutionRunRow): RunRecord {
  const error = readError(row.error);
  return {
    seq: row.seq,
    node: row.node,
    runIndex: row.runIndex,
    attempt: row.attempt,
    status: row.status,
    startedAt: Number(row.startedAt),
    durationMs: row.durationMs,
    sources: readSources(row.sources),
    outputs: readOutputs(row.outputs),
    ...(error && { error }),
    ...(row.failedTries !== null && { failedTries: readTries(row.failedTries) }),
  };
}

export const readBatches = (text: string | null): readonly Batch[] | undefined =>
  text === null ? undefined : JSON.parse(text);

export const readError = (text: string | null): ErrorData | undefined =>
  text === null ? undefined : JSON.parse(text);

const readSources = (text: string): readonly (RunSource | null)[] => JSON.parse(text);
const readTries = (text: string): readonly PastTry[] => JSON.parse(text);
const readOutputs = (text: string): Outputs => JSON.parse(text);
