import { cancelJob, listJobs } from '@millrace/api';
import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { callMarketing } from './api/call-marketing.ts';
import {
  getHealth,
  startAll,
  startProgramme,
  stopAll,
  type Programme,
  type ProgrammeHealth,
} from './api/programme.ts';

/** How the programmes are, and the way to start and stop them. */
export const useProgrammesStore = defineStore('marketing-programmes', () => {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();

  const health = shallowRef<readonly ProgrammeHealth[]>();
  const problem = shallowRef<Problem>();
  /** Asked to run, and not seen running yet. */
  const queued = shallowReactive(new Set<Programme>());

  const isRunning = (programme: Programme) =>
    queued.has(programme) ||
    health.value?.find((each) => each.programme === programme)?.status === 'running';
  const isAnyRunning = computed(
    () => queued.size > 0 || health.value?.some(({ status }) => status === 'running') === true,
  );

  async function load() {
    try {
      const jobs = await Promise.all(
        [...queued].map(async (programme) => ({ programme, job: await openJob(programme) })),
      );
      health.value = (await callMarketing(getHealth, {})).programmes;
      for (const { programme, job } of jobs) if (!job) queued.delete(programme);
      problem.value = undefined;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    }
  }

  /** Starts one, or lets it go on with the phase it was stopped in. */
  async function run(programme: Programme) {
    queued.add(programme);
    const started = await attempt(() => callMarketing(startProgramme(programme), { body: {} }));
    if (!started) queued.delete(programme);
    await load();
  }

  async function stop(programme: Programme) {
    await attempt(async () => {
      const job = await openJob(programme);
      if (job) await api(cancelJob, { params: { id: job.id } });
    });
    queued.delete(programme);
    await load();
  }

  async function runAll() {
    const answer = await attempt(() => callMarketing(startAll, { body: {} }));
    for (const { programme } of answer?.started ?? []) queued.add(programme);
    await load();
  }

  async function stopEvery() {
    await attempt(() => callMarketing(stopAll, { body: {} }));
    queued.clear();
    await load();
  }

  return { health, problem, isRunning, isAnyRunning, load, run, stop, runAll, stopEvery };
});

/** The job of a programme that is under way. */
async function openJob(programme: Programme) {
  const { data } = await api(listJobs, {
    querystring: { name: `marketing.${programme}`, limit: 1 },
  });
  return data.find(({ status }) => status === 'queued' || status === 'running');
}
