import type { Batch, Outputs } from '../items/index.ts';
import type { RunRecord } from '../ports/index.ts';
import type { ExecutionState, Task } from './state.types.ts';

/** How an execution begins: from its start node, after what is recorded, or in the middle. */
export interface Beginning {
  readonly state: ExecutionState;
  /** Runs that count as done and are in the log from the start (partial runs). */
  readonly kept: readonly RunRecord[];
  /** Recorded runs to go through again without running them (resumed executions). */
  readonly replay: readonly RunRecord[];
  /** What the start node puts out when it does not run itself. */
  readonly given?: { readonly node: string; readonly outputs: Outputs };
  /** Only these nodes may run; absent: all. */
  readonly only?: ReadonlySet<string>;
  /** Nodes this execution may come to: their parameters are checked first. */
  readonly reachable: ReadonlySet<string>;
}

/** The first task: one empty item when nothing is given, and no source. */
export const startTask = (node: string, items: Batch = [{ json: {} }]): Task => ({
  node,
  inputs: [items],
  sources: [],
});
