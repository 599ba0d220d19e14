import { getExecution, type ExecutionDetail } from '@millrace/api';
import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { usePush } from '../../lib/usePush.ts';

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

  usePush(
    () => (execution.value && isOpen.value ? [execution.value.workflowId] : []),
    (event) => {
      if (event.type === 'execution-finished' && event.executionId === id) void load();
    },
    () => void load(),
  );

  return { execution, problem, isOpen, load };
}
