import type { ProgrammeRun } from './api/programme.ts';

/** How a figure went from run to run. */
export interface FigureHistory {
  /** Of completed runs, oldest first; null where a run did not tell it. */
  readonly past: readonly (number | null)[];
  /** The latest against the one before; undefined when either is not known. */
  readonly change: number | undefined;
}

/** The history of one figure over the runs of a programme, which come latest first. */
export function figureHistory(runs: readonly ProgrammeRun[], figure: string): FigureHistory {
  const past = runs
    .filter(({ phase }) => phase === 'completed')
    .map(({ figures }) => figures?.[figure] ?? null)
    .toReversed();
  const [before, now] = past.slice(-2);
  const isKnown = typeof before === 'number' && typeof now === 'number';
  return { past, change: isKnown ? now - before : undefined };
}
