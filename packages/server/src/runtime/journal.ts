import type { FailedTry, JournalPort, RunAttempt, RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRow } from '../db/index.ts';
import type { RunWrite } from './commit/bulk-rows.ts';
import type { ExecutionWrite } from './commit/execution-write.ts';
import type { GroupCommit } from './commit/group-commit.ts';
import { runRow } from './execution-rows.ts';
import { crashPolicy } from './in-flight.ts';
import type { Job } from './job.ts';
import { packRuns } from './run-packs.ts';
import { LeaseLostError } from './lease-lost.error.ts';
import type { ReachPoint } from './runtime.types.ts';

/** The journal of one execution, and the writes that open and close it. */
export interface Journal extends JournalPort {
  /** Says that it runs, without waiting. */
  open(row: ExecutionRow): void;
  /** Stores its end, or its pause. */
  end(row: ExecutionRow): Promise<void>;
}

export interface JournalOptions {
  readonly writer: GroupCommit<ExecutionWrite>;
  readonly reach: ReachPoint;
  /** Until when a lease taken now holds: what is written must not shorten what the heartbeat extended. */
  leaseUntil(): number;
}

/**
 * Rows of pure nodes wait for company. Before an attempt that may not be repeated unasked, the
 * execution's row says so.
 */
export function keepJournal(
  { row, workflow, stored, cancel }: Job,
  { writer, reach, leaseUntil }: JournalOptions,
): Journal {
  const { id, fence } = row;
  const kept: RunWrite[] = [];
  const tries: FailedTry[] = [];
  const takeKept = () => packRuns(kept.splice(0));
  const isAnyGuarded = workflow.json.nodes.some(({ onCrash = 'again' }) => onCrash !== 'again');
  const state: { failed?: unknown; row: ExecutionRow; begun: readonly RunAttempt[] } = {
    row,
    begun: [],
  };

  /** Once this process has given it up, what is written is for whoever takes it over: not even that it was cut off. */
  function requireHeld(): void {
    const { reason } = cancel.signal;
    const lost = state.failed ?? (stored && reason instanceof LeaseLostError ? reason : undefined);
    if (lost) throw lost;
  }

  return {
    open(running) {
      state.row = running;
      writer.add({ id, fence, update: running }).catch((error: unknown) => {
        state.failed = error;
        cancel.abort(error);
      });
    },
    begin(attempt) {
      reach('before-attempt');
      if (!stored || !isAnyGuarded || crashPolicy(workflow.json, attempt.node) === 'again') return;
      state.begun = [...state.begun, attempt];
      const inFlight = JSON.stringify(state.begun);
      const update = { ...state.row, inFlight, leaseUntil: leaseUntil() };
      return writer.add({ id, fence, runs: takeKept(), update });
    },
    failedTry: (failed) => void tries.push(failed),
    record(run, { pure }) {
      const written = runRow(id, withTries(run, tries));
      if (pure || !stored) return void kept.push(written);
      requireHeld();
      reach('before-record');
      state.begun = state.begun.filter(
        ({ node, runIndex }) => node !== run.node || runIndex !== run.runIndex,
      );
      return writer
        .add({ id, fence, runs: [...takeKept(), written] })
        .then(() => reach('after-record'));
    },
    async end(ended) {
      requireHeld();
      reach('before-end');
      const runs = takeKept();
      if (stored) await writer.add({ id, fence, runs, update: ended });
      else await writer.add({ id, fence, runs, insert: { ...ended, triggerData: null } });
      reach('after-end');
    },
  };
}

/** Failed tries travel with their run: a crash before its end begins the run anew. Takes them out of `tries`. */
function withTries(run: RunRecord, tries: FailedTry[]): RunRecord {
  if (tries.length === 0) return run;
  const isOfRun = ({ node, runIndex }: FailedTry) => node === run.node && runIndex === run.runIndex;
  const own = tries.filter(isOfRun);
  if (own.length === 0) return run;
  tries.splice(0, tries.length, ...tries.filter((failed) => !isOfRun(failed)));
  return { ...run, failedTries: own.map(({ node: _node, runIndex: _index, ...past }) => past) };
}
