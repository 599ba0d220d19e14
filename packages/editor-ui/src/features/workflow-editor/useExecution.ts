import { cancelExecution, getExecution, testWorkflow, type PushEvent } from '@millrace/api';
import { watch } from 'vue';
import { api } from '../../lib/api.ts';
import { usePush } from '../../lib/usePush.ts';
import { useDraftStore } from './draft.store.ts';
import { useRunsStore } from './runs.store.ts';

/** Starts executions of the open draft and follows the one on show. */
export function useExecution(flush: () => Promise<void>) {
  const draft = useDraftStore();
  const runs = useRunsStore();

  usePush(
    () => (draft.facts ? [draft.facts.id] : []),
    onEvent,
    () => void refresh(),
  );
  watch(
    () => draft.facts?.id,
    () => runs.reset(),
  );

  function onEvent(event: PushEvent) {
    runs.apply(event);
    if (event.type === 'execution-finished' && event.executionId === runs.executionId)
      void refresh();
  }

  /** Runs the draft, all of it or what `to` needs. The server runs what it holds: unsaved edits go first. */
  async function run(to?: string, startNode?: string) {
    await flush();
    if (!draft.facts || draft.saveState === 'conflict') return;
    const execution = await api(testWorkflow, {
      params: { id: draft.facts.id },
      body: { ...(to && { to }), ...(startNode && { startNode }) },
    });
    if (runs.executionId !== execution.id) runs.begin(execution.id);
    // The call may have come before this answer: what has begun listens no more.
    if (runs.states.size === 0) runs.listening = execution.listening;
    if (execution.status !== 'new' && execution.status !== 'running') await refresh();
  }

  async function refresh() {
    if (!runs.executionId) return;
    const id = runs.executionId;
    const execution = await api(getExecution, { params: { id }, querystring: { data: true } });
    if (runs.executionId === id) runs.show(execution);
  }

  async function cancel() {
    if (!runs.executionId) return;
    await api(cancelExecution, { params: { id: runs.executionId } });
    await refresh();
  }

  return { run, cancel, refresh };
}
