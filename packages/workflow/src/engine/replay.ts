import type { RunRecord } from '../ports/index.ts';
import type { Execution } from './execution.ts';
import { runNode } from './run-node.ts';
import type { Task } from './state.types.ts';

/** Recorded runs, gone through again to bring the engine to where it was. */
export interface Replay {
  find(node: string, runIndex: number): RunRecord | undefined;
  /** Lets a pure node in a cycle run for what it keeps in its state; its recorded outputs still count. */
  rebuildState(task: Task, runIndex: number): Promise<void>;
}

/** Runs that failed and stopped the execution do not count: they are what is to be tried again. */
export function createReplay(execution: Execution, history: readonly RunRecord[]): Replay {
  const { graph, planOf } = execution;
  const latest = new Map<string, RunRecord>();
  for (const run of history) {
    const key = keyOf(run.node, run.runIndex);
    const held = latest.get(key);
    if (held && held.attempt > run.attempt) continue;
    if (graph.nodes.has(run.node) && isLasting(run, planOf(run.node).onError)) latest.set(key, run);
    else latest.delete(key);
  }
  const cyclic = latest.size > 0 ? graph.cyclic() : new Set<string>();

  return {
    find: (node, runIndex) => latest.get(keyOf(node, runIndex)),
    async rebuildState(task, runIndex) {
      const plan = planOf(task.node);
      if (plan.isPure && cyclic.has(task.node)) await runNode(execution, plan, task, runIndex);
    },
  };
}

const keyOf = (node: string, runIndex: number) => `${runIndex}:${node}`;

const isLasting = ({ status }: RunRecord, onError: string) =>
  status === 'success' ||
  status === 'waiting' ||
  (status === 'error' && onError !== 'stopWorkflow');
