import type { Execution, ExecutionDetail, RunData, WaitReason } from '@millrace/api';
import type { RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow, LimitName } from '../../db/index.ts';
import { readError, type CredentialWait } from '../../runtime/index.ts';
import type { PauseDoor, TestListener } from '../webhooks/index.ts';

/** An execution as lists show it. */
export function showExecution(row: ExecutionRow, names: ReadonlyMap<string, string>): Execution {
  return {
    id: row.id,
    workflowId: row.workflowId,
    workflowName: names.get(row.workflowId) ?? '',
    versionId: row.versionId,
    mode: row.mode,
    status: row.status,
    createdAt: new Date(Number(row.createdAt)).toISOString(),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    waitUntil: instant(row.waitUntil),
    lastNode: row.lastNode,
    error: readError(row.error) ?? null,
  };
}

const instant = (at: number | null) => (at === null ? null : new Date(Number(at)).toISOString());

/** What its nodes did, and what they noted about it. */
export function showRuns(
  { customData }: ExecutionRow,
  journal: readonly RunRecord[],
): Pick<ExecutionDetail, 'order' | 'runData' | 'customData'> {
  const runs = lastAttempts(journal);
  return {
    order: runs.map(({ node }) => node),
    runData: runDataOf(runs),
    ...(customData !== null && { customData: JSON.parse(customData) }),
  };
}

/** A pause and what came of it are two attempts of one run: the later one tells. */
function lastAttempts(runs: readonly RunRecord[]): readonly RunRecord[] {
  const keyOf = ({ node, runIndex }: RunRecord) => JSON.stringify([node, runIndex]);
  const last = new Map(runs.map((run) => [keyOf(run), run]));
  return runs.filter((run) => last.get(keyOf(run)) === run);
}

function runDataOf(runs: readonly RunRecord[]): Record<string, readonly RunData[]> {
  const shown = Map.groupBy(runs, ({ node }) => node);
  return Object.fromEntries(
    [...shown].map(([node, of]) => [
      node,
      of.map(({ node: _node, failedTries, ...run }) => ({
        ...run,
        ...(failedTries && { attempts: failedTries }),
        outputs: run.outputs.map((batch) => batch ?? null),
      })),
    ]),
  );
}

/** Why an execution waits. The address is a secret: whoever has it can go on with the execution. */
export function showWait(
  row: ExecutionRow,
  door: PauseDoor | undefined,
  mayCall: boolean,
): WaitReason {
  return {
    for: row.inFlight !== null ? 'person' : door ? (door.isForm ? 'form' : 'call') : 'time',
    node: row.waitNode ?? '',
    until: instant(row.waitUntil),
    address: door && mayCall ? door.address : null,
  };
}

/** Which limit of its workflow holds it back. */
export const showLimit = (
  { waitUntil, limitKey }: ExecutionRow,
  limitedBy: LimitName,
): WaitReason => ({
  for: 'limit',
  node: '',
  until: instant(waitUntil),
  address: null,
  limit: { name: limitedBy, ...(limitKey !== null && { key: limitKey }) },
});

/** A node of it waits for its turn with a credential. */
export const showCredentialWait = ({
  limit,
  credential,
  node,
  until,
}: CredentialWait): WaitReason => ({
  for: 'limit',
  node,
  until: instant(until),
  address: null,
  limit: { name: limit, credential },
});

/** The execution that a call of a listening draft will become. */
export function showListening(
  { executionId, workflow, startedAt, ...listener }: TestListener,
  listening: NonNullable<ExecutionDetail['listening']>,
): ExecutionDetail {
  return {
    id: executionId,
    workflowId: workflow.id,
    workflowName: workflow.json.name,
    versionId: null,
    mode: 'manual',
    status: 'new',
    createdAt: new Date(startedAt).toISOString(),
    startedAt: null,
    finishedAt: null,
    waitUntil: new Date(listener.until).toISOString(),
    lastNode: null,
    error: null,
    listening,
  };
}
