import type { RunRecord } from '../ports/index.ts';
import type { Execution } from './execution.ts';

/** Writes runs to the log and the journal. */
export interface Recorder {
  /** Resolves when the next node may be dispatched: when the run is durable, at once for pure nodes. */
  record(run: RunRecord): Promise<void> | void;
  /** Resolves when everything is written. @throws what the journal threw for a pure node's run. */
  settle(): Promise<void> | undefined;
}

/** In order `parallel` nothing is late: the order of the journal decides what a resumed execution does. */
export function createRecorder({ log, ports, planOf, order }: Execution): Recorder {
  let late: Promise<void> | undefined;

  return {
    record(run) {
      log.add(run);
      const pure = order !== 'parallel' && planOf(run.node).isPure && run.status === 'success';
      const written = ports.journal.record(run, { pure });
      ports.emit?.({ type: 'run-finished', run });
      if (!written || !pure) return written;
      const before = late;
      late = written.then(() => before);
      late.catch(() => undefined);
      return undefined;
    },
    settle: () => late,
  };
}
