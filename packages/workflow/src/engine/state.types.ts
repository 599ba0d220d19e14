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
  /** Order `parallel`: the nodes that run now, and those whose first batch has come. */
  readonly running?: ReadonlySet<string>;
  readonly closed?: ReadonlySet<string>;
}

/** What happened to a task that was handed out. */
export type StepEvent =
  | { readonly type: 'begin'; readonly state: ExecutionState }
  | {
      readonly type: 'delivered';
      readonly node: string;
      readonly runIndex: number;
      readonly outputs: Outputs;
    }
  /** It had nothing to do, or sends nothing on: its branch is over. */
  | { readonly type: 'ended'; readonly node: string }
  /** Nothing: there is room for another task beside those that run (order `parallel`). */
  | { readonly type: 'room' };

export type Command =
  | { readonly type: 'run'; readonly task: Task }
  /** Nothing may start before one of those that run has ended (order `parallel`). */
  | { readonly type: 'await' }
  | { readonly type: 'finish' };

export interface Step {
  readonly state: ExecutionState;
  readonly command: Command;
}

/**
 * How the order of runs is decided: `v1` depth first by position, `v0` breadth first by wire. In `parallel`,
 * Millrace's own, all that is ready runs side by side, each node one run at a time.
 */
export type ExecutionOrder = 'v0' | 'v1' | 'parallel';

/**
 * When a node with several wires into it runs in order `parallel`: when all inputs have their data, on any batch
 * that comes, or on the first only.
 */
export type JoinRule = 'all' | 'any' | 'first';

/** What the state machine may look at. It changes nothing here. */
export interface StepView {
  readonly graph: WorkflowGraph;
  readonly order: ExecutionOrder;
  joinRule(node: string): JoinRule;
  /** Whether a node has run in this execution. */
  hasRun(node: string): boolean;
  /** Indexes a join must have data on, or how many; `undefined` when it declares nothing (n8n-facts A6.25). */
  requiredInputs(node: string): number | readonly number[] | undefined;
}
