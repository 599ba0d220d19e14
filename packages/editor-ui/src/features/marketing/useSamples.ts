import { computed } from 'vue';
import { useAttempt } from '../../lib/useAttempt.ts';
import { callMarketing } from './api/call-marketing.ts';
import { fillWithSamples } from './api/samples.ts';
import { useJob } from './useJob.ts';

/** Tables the sample data goes into. */
const TABLES = 10;

/** Fills the project with sample data and shows how far that is. */
export function useSamples(filled: () => void) {
  const attempt = useAttempt();
  const { job, isUnderWay, follow, resume } = useJob(({ status }) => {
    if (status === 'success') filled();
  });

  const written = computed(() => writtenOf(job.value?.state));
  const rows = computed(() => Object.values(written.value).reduce((sum, count) => sum + count, 0));
  /** 0–1 */
  const progress = computed(() => Object.keys(written.value).length / TABLES);
  const error = computed(() => job.value?.error?.message);

  async function fill() {
    const started = await attempt(() => callMarketing(fillWithSamples, { body: {} }));
    if (started) await follow(started.jobId);
  }

  void resume('marketing.seed');
  return { isUnderWay, rows, progress, error, fill };
}

/** Rows by table, as the job tells them. */
function writtenOf(state: object | undefined): Readonly<Record<string, number>> {
  const written: unknown = state && 'written' in state ? state.written : undefined;
  if (typeof written !== 'object' || written === null) return {};
  return Object.fromEntries(
    Object.entries(written).filter(([, count]) => typeof count === 'number'),
  );
}
