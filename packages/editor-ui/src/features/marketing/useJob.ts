import { getJob, listJobs, type Job } from '@millrace/api';
import { computed, onScopeDispose, shallowRef } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';

const LOOK_AGAIN_MS = 700;

/** Follows long work of the server until it ends; `ended` is told then. */
export function useJob(ended: (job: Job) => void) {
  const attempt = useAttempt();
  const job = shallowRef<Job>();
  const isUnderWay = computed(() => job.value !== undefined && isOpen(job.value));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  async function follow(id: string): Promise<void> {
    clearTimeout(timer);
    const found = await attempt(() => api(getJob, { params: { id } }));
    if (isGone) return;
    job.value = found;
    if (!found) return;
    if (isOpen(found)) timer = setTimeout(() => void follow(id), LOOK_AGAIN_MS);
    else ended(found);
  }

  /** Takes up the latest of this name when it is still under way, as after the page was reloaded. */
  async function resume(name: string): Promise<void> {
    const jobs = await attempt(() => api(listJobs, { querystring: { name, limit: 1 } }));
    const [latest] = jobs?.data ?? [];
    if (latest && isOpen(latest)) await follow(latest.id);
  }

  onScopeDispose(() => {
    isGone = true;
    clearTimeout(timer);
  });

  return { job, isUnderWay, follow, resume };
}

const isOpen = ({ status }: Job) => status === 'queued' || status === 'running';
