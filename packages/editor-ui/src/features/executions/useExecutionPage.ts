import { getExecution, type ExecutionDetail } from '@millrace/api';
import { computed, shallowRef, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { usePush } from '../../lib/usePush.ts';

/** That it waits for a limit, or no longer does, is not pushed. */
const LOOK_MS = 5000;

/** One execution, kept up to date while it goes on. */
export function useExecutionPage(id: string) {
  const { t } = useI18n();
  const execution = shallowRef<ExecutionDetail>();
  const problem = shallowRef<Problem>();

  const isOpen = computed(() => {
    const status = execution.value?.status;
    return status === 'new' || status === 'running' || status === 'waiting';
  });

  async function load() {
    try {
      execution.value = await api(getExecution, { params: { id }, querystring: {} });
      problem.value = undefined;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    }
  }

  watchEffect((onCleanup) => {
    if (!isOpen.value) return;
    const timer = setInterval(() => void load(), LOOK_MS);
    onCleanup(() => clearInterval(timer));
  });

  usePush(
    () => (execution.value && isOpen.value ? [execution.value.workflowId] : []),
    (event) => {
      if (event.type === 'execution-finished' && event.executionId === id) void load();
    },
    () => void load(),
  );

  return { execution, problem, isOpen, load };
}
