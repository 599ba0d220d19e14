import { expect, test } from 'vitest';
import type { ProgrammeRun } from './api/programme.ts';
import { figureHistory } from './run-history.ts';

const run = (
  figures: Record<string, number> | null,
  phase: ProgrammeRun['phase'] = 'completed',
) => ({
  id: '',
  phase,
  open: null,
  trigger: '',
  progress: 1,
  figures,
  error: null,
  isStopped: false,
  startedAt: 0,
  finishedAt: 0,
});

test('a figure goes from the oldest completed run to the latest', () => {
  const runs = [run({ wins: 7 }), run({ wins: 1 }, 'failed'), run({ wins: 4 }), run({ wins: 2 })];
  expect(figureHistory(runs, 'wins')).toEqual({ past: [2, 4, 7], change: 3 });
});

test('a run that does not tell the figure is a gap, and no change is made up', () => {
  expect(figureHistory([run({ wins: 7 }), run(null)], 'wins')).toEqual({
    past: [null, 7],
    change: undefined,
  });
  expect(figureHistory([], 'wins')).toEqual({ past: [], change: undefined });
});
