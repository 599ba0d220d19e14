import type { WorkflowGraph } from '../graph/index.ts';
import type { Batch, Outputs, RunSource } from '../items/index.ts';

/** A node about to run, with what came in on each input. */
export interface Task {
  readonly node: string;
  /** Per input index; `null` where nothing came. */
  readonly inputs: readonly (Batch | null)[];
  readonly sources: readonly (RunSource | null)[];
}

/** Data parked at a join until the other inputs have theirs. */
export type Slot = Pick<Task, 'inputs' | 'sources'>;

/** Everything the order of runs depends on, beside the runs themselves. */
export interface ExecutionState {
  /** What runs next, first first. */
  readonly ready: readonly Task[];
  /** Joins that wait, in the order they began to. */
  readonly waiting: ReadonlyMap<string, readonly Slot[]>;
}

/** What happened to the task that was handed out last. */
export type StepEvent =
  | { readonly type: 'begin'; readonly state: ExecutionState }
  | {
      readonly type: 'delivered';
      readonly node: string;
      readonly runIndex: number;
      readonly outputs: Outputs;
    }
  /** It had nothing to do, or sends nothing on: its branch is over. */
  | { readonly type: 'ended' };

export type Command = { readonly type: 'run'; readonly task: Task } | { readonly type: 'finish' };

export interface Step {
  readonly state: ExecutionState;
  readonly command: Command;
}

/** How the order of runs is decided: `v1` depth first by position, `v0` breadth first by wire. */
export type ExecutionOrder = 'v0' | 'v1';

/** What the state machine may look at. It changes nothing here. */
export interface StepView {
  readonly graph: WorkflowGraph;
  readonly order: ExecutionOrder;
  /** Whether a node has run in this execution. */
  hasRun(node: string): boolean;
  /** Indexes a join must have data on, or how many; `undefined` when it declares nothing (n8n-facts A6.25). */
  requiredInputs(node: string): number | readonly number[] | undefined;
}
