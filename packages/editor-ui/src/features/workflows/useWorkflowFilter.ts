import type { WorkflowSummary } from '@millrace/api';
import { computed, shallowRef, toValue, type MaybeRefOrGetter } from 'vue';

export type WorkflowStatus = 'all' | 'published' | 'draft';

/** Search by words of the name, and by status. */
export function useWorkflowFilter(rows: MaybeRefOrGetter<readonly WorkflowSummary[]>) {
  const search = shallowRef('');
  const status = shallowRef<WorkflowStatus>('all');

  const isFiltered = computed(() => search.value.trim() !== '' || status.value !== 'all');
  const found = computed(() => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return toValue(rows).filter(
      ({ name, active }) =>
        words.every((word) => name.toLowerCase().includes(word)) &&
        (status.value === 'all' || active === (status.value === 'published')),
    );
  });

  function clear() {
    search.value = '';
    status.value = 'all';
  }

  return { search, status, found, isFiltered, clear };
}
