import type { ErrorData, Outputs } from '../items/index.ts';
import type { WaitRequest } from '../node-api/index.ts';
import { toErrorData } from './error-data.ts';
import { errorOutputIndex } from './error-output.ts';
import type { Execution } from './execution.ts';
import type { NodePlan } from './node-plan.ts';
import { mergeErrors, pairItems, splitErrors, withSomeOutput } from './outputs.ts';
import type { Task } from './state.types.ts';

/** What came of a run. `outputs: null` is "ended well, nothing to send": such a run is not recorded. */
export type NodeEnd =
  | {
      readonly type: 'sent';
      readonly outputs: Outputs | null;
      readonly attempt: number;
      readonly error?: ErrorData;
    }
  | { readonly type: 'failed'; readonly error: ErrorData; readonly attempt: number }
  | {
      readonly type: 'paused';
      readonly wait: WaitRequest;
      readonly attempt: number;
      readonly outputs: Outputs;
    }
  | { readonly type: 'canceled'; readonly attempt: number };

/** What the node's settings make of an error after the last try. */
export function giveUp(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  { thrown, attempt: number }: { readonly thrown: unknown; readonly attempt: number },
): NodeEnd {
  const error = toErrorData(thrown, plan.node.name);
  if (plan.onError === 'stopWorkflow') return { type: 'failed', error, attempt: number };
  // Not the error output: what came in goes out on output 0 (n8n-facts A7.34).
  const outputs = [task.inputs[0] ?? []];
  return finish(execution, plan, task, { outputs, attempt: number, error });
}

/** What the node's settings make of its outputs, in n8n's order (n8n-facts A4.16). */
export function finish(
  execution: Execution,
  plan: NodePlan,
  task: Task,
  {
    outputs,
    attempt: number,
    error,
  }: { outputs: Outputs | null; attempt: number; error?: ErrorData },
): NodeEnd {
  const done = (final: Outputs | null): NodeEnd => ({
    type: 'sent',
    outputs: final,
    attempt: number,
    ...(error && { error }),
  });
  const { alwaysOutputData } = plan.node;
  if (outputs === null) return done(alwaysOutputData ? withSomeOutput([], task) : null);

  const split =
    plan.onError === 'continueErrorOutput' && !error
      ? splitErrors(outputs, errorOutputIndex(execution, plan, outputs), task)
      : outputs;
  const paired = pairItems(split, task);
  const filled = alwaysOutputData ? withSomeOutput(paired, task) : paired;
  return done(mergeErrors(filled));
}
