import type { WorkflowSummary } from '@millrace/api';
import { computed, shallowRef, toValue, type MaybeRefOrGetter } from 'vue';

export type WorkflowStatus = 'all' | 'published' | 'draft';

/** Search by words of the name, by status and by tag. */
export function useWorkflowFilter(
  rows: MaybeRefOrGetter<readonly WorkflowSummary[]>,
  wantedTag?: string,
) {
  const search = shallowRef('');
  const status = shallowRef<WorkflowStatus>('all');
  /** Name of a tag; undefined shows all. */
  const tag = shallowRef(wantedTag);

  const isFiltered = computed(
    () => search.value.trim() !== '' || status.value !== 'all' || tag.value !== undefined,
  );
  const found = computed(() => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return toValue(rows).filter(
      ({ name, active, tags }) =>
        words.every((word) => name.toLowerCase().includes(word)) &&
        (status.value === 'all' || active === (status.value === 'published')) &&
        (tag.value === undefined || tags?.some((own) => own.name === tag.value)),
    );
  });

  function clear() {
    search.value = '';
    status.value = 'all';
    tag.value = undefined;
  }

  return { search, status, tag, found, isFiltered, clear };
}
