import { createEvaluator } from '../expression/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { createExecution } from './create-execution.ts';
import { drive } from './driver.ts';
import { toErrorData } from './error-data.ts';
import { findIssues } from './find-issues.ts';
import { planBeginning } from './beginning.ts';
import type { EnginePorts, ExecutionOutcome, ExecutionRequest } from './run-execution.types.ts';

/** Compiled expressions are shared by all executions of the process: the same texts come again and again. */
const evaluator = createEvaluator();

/**
 * Runs a workflow to its end or its next pause.
 *
 * Never rejects for what the workflow does: that is an outcome. Rejects only when a port does.
 */
export async function runExecution(
  request: ExecutionRequest,
  ports: EnginePorts,
): Promise<ExecutionOutcome> {
  const beginning = planBeginning(request, ports);
  if ('error' in beginning) return refused(toErrorData(beginning.error), request.history);

  const execution = createExecution(request, ports, evaluator, beginning.kept);
  try {
    const issue = findIssues(execution, beginning.reachable);
    if (issue) return refused(issue, request.history);
    return await drive(execution, beginning);
  } finally {
    execution.deadline.clear();
  }
}

const refused = (
  error: NonNullable<ExecutionOutcome['error']>,
  runs: readonly RunRecord[] = [],
): ExecutionOutcome => ({ status: 'error', error, runs });
