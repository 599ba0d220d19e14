import type { Outputs, RunSource } from '@millrace/workflow/items';
import type { RunRecord } from '@millrace/workflow/ports';
import type { ExecutionRunRow } from '../db/index.ts';
import type { RunWrite } from './commit/bulk-rows.ts';

/** Text of the runs one row carries, at most: no reader loads more than that at once. */
const MAX_LENGTH = 64 * 1024;

/**
 * Puts runs that are recorded together into the row of the first of them: one row to write where
 * there were several. Runs that failed, were tried again or have large outputs keep rows of their own.
 *
 * Only for runs of pure nodes: a run with effects needs its own key, so that it is recorded once.
 */
export function packRuns(runs: readonly RunWrite[]): readonly RunWrite[] {
  const carrier = runs.find(isPlain);
  if (!carrier || runs.length === 1) return runs;
  const own: RunWrite[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const run of runs) {
    if (run === carrier) continue;
    const text = isPlain(run) ? textOf(run) : undefined;
    if (text === undefined || length + text.length > MAX_LENGTH) {
      own.push(run);
      continue;
    }
    length += text.length;
    texts.push(text);
  }
  return texts.length ? [{ ...carrier, packed: `[${texts.join(',')}]` }, ...own] : runs;
}

const isPlain = ({ status, error, failedTries, bulk }: RunWrite) =>
  status === 'success' && error === null && failedTries === null && bulk === undefined;

/** Sources and outputs are JSON already. */
const textOf = (run: ExecutionRunRow): string =>
  `{"node":${JSON.stringify(run.node)},"runIndex":${run.runIndex},"attempt":${run.attempt},"seq":${run.seq},"startedAt":${run.startedAt},"durationMs":${run.durationMs},"sources":${run.sources},"outputs":${run.outputs}}`;

interface PackedRun extends Pick<
  RunRecord,
  'node' | 'runIndex' | 'attempt' | 'seq' | 'startedAt' | 'durationMs'
> {
  readonly sources: readonly (RunSource | null)[];
  readonly outputs: Outputs;
}

/** The runs a row carries beside its own. */
export function packedRuns({ packed }: Pick<ExecutionRunRow, 'packed'>): RunRecord[] {
  if (packed === null) return [];
  const runs: readonly PackedRun[] = JSON.parse(packed);
  return runs.map((run) => ({ ...run, status: 'success' }));
}
