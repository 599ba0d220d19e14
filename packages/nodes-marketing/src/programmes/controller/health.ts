import type { Tables } from '@millrace/workflow/node-api';
import { programmeRuns, type Programme, type ProgrammeRun } from '../../tables/programmes.ts';
import { latestRun } from '../run-state.ts';
import { readSettings } from '../settings.ts';
import { findProblems, type Problem } from './needs.ts';

/** How a programme is. */
export interface ProgrammeHealth {
  readonly programme: Programme;
  readonly status: 'neverRan' | 'running' | 'stuck' | 'stopped' | 'ok' | 'failed';
  readonly phase: ProgrammeRun['phase'];
  readonly progress: number;
  readonly phaseSince: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastError: string | null;
  readonly isEnabled: boolean;
  readonly priority: number;
  /** What is in the way, and what to do. */
  readonly problems: readonly Problem[];
}

/** No phase takes longer on data of the size that is planned for. */
const STUCK_AFTER_MS = 15 * 60_000;

/** State, last success and problems of each programme. */
export async function programmesHealth(
  tables: Tables,
  programmes: readonly Programme[],
  now: number,
): Promise<ProgrammeHealth[]> {
  const successes = await tables.open(programmeRuns).groupBy({
    by: ['programme'],
    figures: { last: { max: 'finishedAt' } },
    where: { phase: 'completed' },
  });
  const lastSuccess = new Map(successes.map(({ programme, last }) => [programme, last]));
  return Promise.all(
    programmes.map(async (programme) => {
      const [run, settings, missing] = await Promise.all([
        latestRun(tables, programme),
        readSettings(tables, programme),
        findProblems(tables, programme, now),
      ]);
      const status = statusOf(run, now);
      return {
        programme,
        status,
        phase: run?.phase ?? 'idle',
        progress: run?.progress ?? 0,
        phaseSince: run?.phaseSince ?? null,
        lastSuccessAt: lastSuccess.get(programme) ?? null,
        lastError: run?.error ?? null,
        isEnabled: settings.isEnabled,
        priority: settings.priority,
        problems: [...ownProblems(status, run), ...missing],
      };
    }),
  );
}

function statusOf(run: ProgrammeRun | undefined, now: number): ProgrammeHealth['status'] {
  if (!run) return 'neverRan';
  if (run.phase === 'failed') return 'failed';
  if (run.open === null) return 'ok';
  if (run.isStopped) return 'stopped';
  return now - run.phaseSince > STUCK_AFTER_MS ? 'stuck' : 'running';
}

function ownProblems(
  status: ProgrammeHealth['status'],
  run: ProgrammeRun | undefined,
): readonly Problem[] {
  if (status === 'stuck')
    return [
      {
        problem: `It has been ${run?.phase} since ${new Date(run?.phaseSince ?? 0).toISOString()}`,
        fix: 'Run it again: it goes on with that phase',
      },
    ];
  if (status === 'failed')
    return [
      {
        problem: `The last run failed: ${run?.error ?? 'no reason is known'}`,
        fix: 'Mend what the reason names, then run it again',
      },
    ];
  return [];
}
