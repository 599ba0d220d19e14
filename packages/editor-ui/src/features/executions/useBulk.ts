import {
  getBulk,
  startBulk,
  type BulkInput,
  type BulkProgress,
  type ExecutionFilter,
} from '@millrace/api';
import { onScopeDispose, shallowRef } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';

const ASK_AGAIN_MS = 600;

/** One act on many executions at a time, and how far it is. */
export function useBulk(onDone: (result: BulkProgress) => void) {
  const attempt = useAttempt();
  const progress = shallowRef<BulkProgress>();
  const pending: { timer?: ReturnType<typeof setTimeout> } = {};
  onScopeDispose(() => clearTimeout(pending.timer));

  /** Begins it with those named, or with all that fit the filter. */
  async function start(
    action: BulkInput['action'],
    target: readonly string[] | ExecutionFilter,
  ): Promise<void> {
    const which = isIds(target) ? { ids: [...target] } : { filter: target };
    follow(await attempt(() => api(startBulk, { body: { action, ...which } })));
  }

  function follow(now: BulkProgress | undefined) {
    progress.value = now?.status === 'running' ? now : undefined;
    if (!now) return;
    if (now.status !== 'running') return onDone(now);
    pending.timer = setTimeout(async () => {
      follow(await attempt(() => api(getBulk, { params: { id: now.id } })));
    }, ASK_AGAIN_MS);
  }

  return { progress, start };
}

const isIds = (target: readonly string[] | ExecutionFilter): target is readonly string[] =>
  Array.isArray(target);
