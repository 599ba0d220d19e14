import { toErrorData } from './error-data.ts';
import type { Execution } from './execution.ts';
import { requiredInputs } from './required-inputs.ts';
import type { ExecutionOutcome } from './run-execution.types.ts';
import { runInParallel } from './run-in-parallel.ts';
import { runInSequence } from './run-in-sequence.ts';
import type { Beginning } from './start-task.ts';
import type { JoinRule, StepView } from './state.types.ts';
import { createTurns } from './turns.ts';

/** Drives the state machine to an end or a pause: runs what it says, records, and tells it what happened. */
export async function drive(execution: Execution, beginning: Beginning): Promise<ExecutionOutcome> {
  const { graph, order, log, deadline } = execution;
  const view: StepView = {
    graph,
    order,
    joinRule: (node) => readJoinRule(graph.nodes.get(node)?.joinRule),
    hasRun: (node) => log.count(node) > 0,
    requiredInputs: (node) => requiredInputs(execution, node),
  };
  const turns = createTurns(execution, beginning);
  const run = order === 'parallel' ? runInParallel : runInSequence;
  const ending = await run({ execution, view, turns, state: beginning.state });
  const late = turns.flush();
  if (late) await late;

  const custom = execution.customData.getAll();
  const lastNode = ending.lastNode ?? log.all.at(-1)?.node;
  const overdue = ending.status === 'canceled' ? deadline.error() : undefined;
  return {
    ...ending,
    ...(overdue && { error: toErrorData(overdue) }),
    ...(lastNode !== undefined && { lastNode }),
    runs: log.all,
    ...(Object.keys(custom).length > 0 && { customData: custom }),
  };
}

const readJoinRule = (rule: unknown): JoinRule =>
  rule === 'any' || rule === 'first' ? rule : 'all';
