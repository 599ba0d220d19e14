import type { Evaluator } from '../expression/index.ts';
import type { WorkflowGraph } from '../graph/index.ts';
import type { CustomData } from './context/custom-data.ts';
import type { Deadline } from './deadline.ts';
import type { NodePlan } from './node-plan.ts';
import type { RunLog } from './run-log.ts';
import type { EnginePorts, ExecutionRequest } from './run-execution.types.ts';
import type { ExecutionOrder } from './state.types.ts';

/** What all runs of one execution share. */
export interface Execution {
  readonly request: ExecutionRequest;
  readonly ports: EnginePorts;
  readonly evaluator: Evaluator;
  readonly graph: WorkflowGraph;
  readonly order: ExecutionOrder;
  readonly timezone: string;
  /** Aborted when the execution is cancelled or its time is over. */
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  readonly log: RunLog;
  readonly customData: CustomData;
  /** What a node keeps through the execution, by node name. */
  stateOf(node: string): Record<string, unknown>;
  planOf(node: string): NodePlan;
}
