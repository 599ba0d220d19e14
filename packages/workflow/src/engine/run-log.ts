import type { RunRecord } from '../ports/index.ts';

/** The runs of one execution so far, in time order and by node. Grows only. */
export interface RunLog {
  readonly all: readonly RunRecord[];
  readonly byNode: ReadonlyMap<string, readonly RunRecord[]>;
  /** Number of runs of a node: its next run index. */
  count(node: string): number;
  /** The sequence number of the next run. */
  nextSeq(): number;
  add(run: RunRecord): void;
  /** Takes back the last run (a pause that is over). */
  removeLast(node: string): void;
}

export function createRunLog(history: readonly RunRecord[] = []): RunLog {
  const all: RunRecord[] = [];
  const byNode = new Map<string, RunRecord[]>();
  let seq = 0;

  const log: RunLog = {
    all,
    byNode,
    count: (node) => byNode.get(node)?.length ?? 0,
    nextSeq: () => seq,
    add(run) {
      all.push(run);
      const runs = byNode.get(run.node);
      if (runs) runs.push(run);
      else byNode.set(run.node, [run]);
      seq = Math.max(seq, run.seq + 1);
    },
    removeLast(node) {
      const last = byNode.get(node)?.pop();
      if (last) all.splice(all.lastIndexOf(last), 1);
    },
  };
  for (const run of history) log.add(run);
  return log;
}
