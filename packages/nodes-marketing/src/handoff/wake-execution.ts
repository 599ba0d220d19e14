import type { JsonObject } from '@millrace/workflow/items';
import type { WorkflowStarter } from '@millrace/workflow/node-api';
import type { HandoffRow } from '../tables/handoffs.ts';

/**
 * Lets the execution that waits for a handoff go on, when what it waits for has come. May be done
 * again: an execution that went on already, or whose time was over, is left alone.
 */
export async function wakeExecution(
  workflows: Pick<WorkflowStarter, 'resume'>,
  row: HandoffRow,
): Promise<boolean> {
  const { executionId, nodeName, answerBy, waitsFor, state } = row;
  if (executionId === null || nodeName === null) return false;
  const hasCome = state === 'closed' || (waitsFor === 'claimed' && state !== 'queued');
  if (!hasCome) return false;
  const item = { json: handoffItem(row) };
  return workflows.resume({ executionId, node: nodeName, until: answerBy }, [[item], []]);
}

/** A handoff as the next node sees it. */
export function handoffItem(row: HandoffRow): JsonObject {
  const { id, version, state, contact, channel, agentId, reason, outcome, claimedAt } = row;
  return {
    handoffId: id,
    version,
    state,
    contact,
    channel,
    agent: agentId,
    offeredTo: row.offeredTo,
    reason,
    outcome,
    context: { ...row.context },
    answerBy: row.answerBy === null ? null : new Date(row.answerBy).toISOString(),
    secondsToAnswer: claimedAt === null ? null : (claimedAt - row.requestedAt) / 1000,
  };
}
