import { listAudit, type AuditEntry } from '@millrace/api';
import { shallowRef, watch, type Ref } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

const PAGE_SIZE = 100;

/** Acts of consequence, the latest first. `action` is a kind such as `workflow.`; empty shows all. */
export function useAudit(action: Ref<string>) {
  const attempt = useAttempt();
  const older = shallowRef<readonly AuditEntry[]>([]);
  const cursor = shallowRef<string | null>(null);
  const queryOf = () => ({ limit: PAGE_SIZE, ...(action.value && { action: action.value }) });

  const { value, isLoading, problem, load } = useResource(async () => {
    const page = await api(listAudit, { querystring: queryOf() });
    older.value = [];
    cursor.value = page.nextCursor;
    return page.data;
  });
  watch(action, load);

  async function loadMore() {
    if (!cursor.value) return;
    const querystring = { ...queryOf(), cursor: cursor.value };
    const page = await attempt(() => api(listAudit, { querystring }));
    if (!page) return;
    older.value = [...older.value, ...page.data];
    cursor.value = page.nextCursor;
  }

  return { latest: value, older, cursor, isLoading, problem, load, loadMore };
}
