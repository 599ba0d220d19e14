import { randomUUID } from 'node:crypto';
import type { Phase, ProgrammeRun } from '../tables/programmes.ts';
import { markAllExecuting, releaseAll } from './leases.ts';
import type { ProgrammeContext, ProgrammeSteps } from './programme.ts';
import { withRun } from './run-claim.ts';
import { RunTakenError } from './run-taken.error.ts';
import { advanceRun, beginRun, failRun, stopRuns } from './run-state.ts';

export interface RunOptions {
  /** Who or what began it: `manual`, `schedule`, an execution's id. */
  readonly trigger?: string;
  readonly priority?: number;
  /** Who works on the run, the same after a crash: `job 12`. One at a time may. */
  readonly holder?: string;
  /** The phase after which to stop; the run stays open and goes on with the next one. */
  readonly until?: Phase;
}

/**
 * Runs a programme through its phases. A run that was cut off goes on with the phase it was in, so
 * this may be called again after a crash.
 *
 * @returns The completed run; the open one when it was asked to stop, or had done the phase named.
 * @throws {RunTakenError} when another job or node works on it.
 * @throws What a phase threw, after the run was marked as failed. When the signal is aborted the run
 *   is stopped: it stays open and goes on the next time.
 */
export async function runProgramme(
  steps: ProgrammeSteps,
  context: ProgrammeContext,
  { trigger = 'manual', priority = 0, holder = `a call ${randomUUID()}`, until }: RunOptions = {},
): Promise<ProgrammeRun> {
  const claim = { programme: steps.programme, holder, priority };
  return withRun(context, claim, (signal) =>
    goOn(steps, { ...context, signal }, { trigger, priority, until }),
  );
}

async function goOn(
  steps: ProgrammeSteps,
  context: ProgrammeContext,
  {
    trigger,
    priority,
    until,
  }: { readonly trigger: string; readonly priority: number; readonly until: Phase | undefined },
): Promise<ProgrammeRun> {
  const { tables, signal } = context;
  let run = await beginRun(tables, steps.programme, { trigger, priority, now: context.now() });
  try {
    while (run.phase !== 'completed' && !run.isStopped && !isPast(run.phase, until)) {
      signal.throwIfAborted();
      const figures = await doPhase(steps, context, run);
      run = await advanceRun(tables, run, figures, context.now());
    }
    return run;
  } catch (error) {
    // The run is another's now, and stays as that one leaves it.
    if (signal.reason instanceof RunTakenError) throw error;
    if (signal.aborted) await stopRuns(tables, [steps.programme]);
    else await failRun(tables, run, messageOf(error), context.now());
    throw error;
  } finally {
    await releaseAll(tables, run.id);
  }
}

const ORDER: readonly Phase[] = ['idle', 'analysing', 'planning', 'executing', 'learning'];

const isPast = (phase: Phase, until: Phase | undefined): boolean =>
  until !== undefined && ORDER.indexOf(phase) > ORDER.indexOf(until);

async function doPhase(steps: ProgrammeSteps, context: ProgrammeContext, run: ProgrammeRun) {
  switch (run.phase) {
    case 'analysing':
      return steps.analyse(context);
    case 'planning':
      return steps.plan(context, run.id);
    case 'executing':
      await markAllExecuting(context.tables, run.id);
      return steps.execute(context, run.id);
    case 'learning':
      return steps.learn(context, run.id);
    default:
      return {};
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
