import type { WorkflowJson } from '@millrace/workflow/graph';
import type { RunAttempt, RunRecord } from '@millrace/workflow/ports';

/** Attempts that began under an earlier holder and of which nobody knows the outcome. */
export interface InFlight {
  /** Somebody has to say what becomes of them. */
  readonly undecided: readonly RunAttempt[];
  /** They count as failed. */
  readonly failed: readonly RunAttempt[];
}

/** What a node's setting says about attempts that were cut off. */
export const crashPolicy = ({ nodes }: WorkflowJson, name: string): 'again' | 'fail' | 'ask' =>
  nodes.find((node) => node.name === name)?.onCrash ?? 'again';

/**
 * Reads an execution's `inFlight` column: a list as a holder wrote it, or `{failed: list}` after a
 * person decided. An attempt whose run stands in the journal was not cut off.
 */
export function readInFlight(
  text: string | null,
  { workflow, history }: { workflow: WorkflowJson; history: readonly RunRecord[] },
): InFlight {
  if (text === null) return { undecided: [], failed: [] };
  const stored: readonly RunAttempt[] | { readonly failed: readonly RunAttempt[] } =
    JSON.parse(text);
  const cutOff = (attempts: readonly RunAttempt[]) =>
    attempts.filter((attempt) => !history.some((run) => isOutcomeOf(run, attempt)));
  if ('failed' in stored) return { undecided: [], failed: cutOff(stored.failed) };
  const open = cutOff(stored);
  return {
    undecided: open.filter(({ node }) => crashPolicy(workflow, node) === 'ask'),
    failed: open.filter(({ node }) => crashPolicy(workflow, node) === 'fail'),
  };
}

const isOutcomeOf = (run: RunRecord, attempt: RunAttempt) =>
  run.node === attempt.node && run.runIndex === attempt.runIndex && run.attempt >= attempt.attempt;
