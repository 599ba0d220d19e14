import type { Jobs, Tables } from '@millrace/workflow/node-api';
import type { Programme } from '../../tables/programmes.ts';
import { stopRuns } from '../run-state.ts';
import { readSettings } from '../settings.ts';

/** Programmes that people want to run, the one with the highest priority first. */
export async function inOrder(tables: Tables, programmes: readonly Programme[]) {
  const all = await Promise.all(
    programmes.map(async (programme) => ({
      programme,
      ...(await readSettings(tables, programme)),
    })),
  );
  return all.filter(({ isEnabled }) => isEnabled).toSorted((a, b) => b.priority - a.priority);
}

/** Starts all programmes behind, in the order of their priority; one under way is left to go on. */
export async function startAll(
  { tables, jobs }: { readonly tables: Tables; readonly jobs: Jobs },
  programmes: readonly Programme[],
  { seed, trigger }: { readonly seed: number; readonly trigger: string },
) {
  const wanted = await inOrder(tables, programmes);
  const started: { programme: Programme; priority: number; jobId: string }[] = [];
  for (const { programme, priority } of wanted) {
    const { id } = await jobs.start(
      jobNameOf(programme),
      { priority, seed, trigger },
      { single: true },
    );
    started.push({ programme, priority, jobId: id });
  }
  const names = new Set(started.map(({ programme }) => programme));
  return { started, leftOut: programmes.filter((programme) => !names.has(programme)) };
}

/** Cancels the jobs of all programmes. Their runs stay open and go on when they are started again. */
export async function stopAll(
  { tables, jobs }: { readonly tables: Tables; readonly jobs: Jobs },
  programmes: readonly Programme[],
) {
  const openRuns = await stopRuns(tables, programmes);
  const canceled: string[] = [];
  for (const programme of programmes)
    for (const { id, status } of await jobs.list({ name: jobNameOf(programme), limit: 20 }))
      if ((status === 'queued' || status === 'running') && (await jobs.cancel(id)))
        canceled.push(id);
  return { canceledJobs: canceled, openRuns };
}

/** The job that runs a programme. */
const jobNameOf = (programme: Programme): string => `marketing.${programme}`;
