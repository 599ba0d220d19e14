import type { Tables } from '@millrace/workflow/node-api';
import {
  programmeRuns,
  type Phase,
  type Programme,
  type ProgrammeRun,
} from '../tables/programmes.ts';
import type { Figures } from './programme.ts';

/** What follows each phase when all goes well. */
const NEXT: Readonly<Partial<Record<Phase, Phase>>> = {
  idle: 'analysing',
  analysing: 'planning',
  planning: 'executing',
  executing: 'learning',
  learning: 'completed',
};

const PROGRESS: Readonly<Record<Phase, number>> = {
  idle: 0,
  analysing: 0.05,
  planning: 0.3,
  executing: 0.55,
  learning: 0.85,
  completed: 1,
  failed: 1,
};

const OPEN = '1';

export interface BeginOptions {
  readonly trigger: string;
  readonly priority: number;
  readonly now: number;
}

/**
 * The run under way, or a new one: a programme has at most one, also when two ask at the same time.
 * One that was stopped goes on.
 */
export async function beginRun(
  tables: Tables,
  programme: Programme,
  { trigger, priority, now }: BeginOptions,
): Promise<ProgrammeRun> {
  const store = tables.open(programmeRuns);
  const row = {
    programme,
    phase: 'idle' as const,
    open: OPEN,
    trigger,
    priority,
    startedAt: now,
    phaseSince: now,
  };
  await store.insertMany([row], { onConflict: 'skip' });
  await store.update({ programme, open: OPEN, isStopped: true }, { isStopped: false, priority });
  const run = await store.findOne({ programme, open: OPEN });
  if (!run) throw new Error(`The run of "${programme}" ended while it was begun`);
  return run;
}

/** The latest run of a programme; `undefined` before the first. */
export async function latestRun(
  tables: Tables,
  programme: Programme,
): Promise<ProgrammeRun | undefined> {
  const [run] = await tables
    .open(programmeRuns)
    .find({ where: { programme }, orderBy: { startedAt: 'desc' }, limit: 1 });
  return run;
}

/**
 * Moves a run to its next phase and adds what the last one did.
 *
 * @returns The run as it is now; the one stored when somebody else moved it before.
 */
export async function advanceRun(
  tables: Tables,
  run: ProgrammeRun,
  figures: Figures,
  now: number,
): Promise<ProgrammeRun> {
  const phase = NEXT[run.phase];
  if (!phase) return run;
  const store = tables.open(programmeRuns);
  const isOver = phase === 'completed';
  await store.update(
    { id: run.id, phase: run.phase },
    {
      phase,
      figures: { ...run.figures, ...figures },
      progress: PROGRESS[phase],
      phaseSince: now,
      ...(isOver && { open: null, finishedAt: now }),
    },
  );
  return (await store.findOne({ id: run.id })) ?? run;
}

/** Asks open runs to stop after the phase they are in; they stay open. Gives how many there are. */
export async function stopRuns(tables: Tables, programmes: readonly Programme[]): Promise<number> {
  return tables
    .open(programmeRuns)
    .update({ programme: { in: programmes }, open: OPEN }, { isStopped: true });
}

/** Ends a run that cannot go on. */
export async function failRun(
  tables: Tables,
  run: ProgrammeRun,
  error: string,
  now: number,
): Promise<void> {
  await tables
    .open(programmeRuns)
    .update(
      { id: run.id },
      { phase: 'failed', open: null, error, progress: 1, phaseSince: now, finishedAt: now },
    );
}
