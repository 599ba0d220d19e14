import {
  cancelExecution,
  deleteExecution,
  getExecution,
  listExecutions,
  decideExecution,
  retryExecution,
  type DecideInput,
  type Execution,
  type ExecutionStatus,
  type PushEvent,
  type RetryInput,
} from '@millrace/api';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { queryOf, type Age } from './execution-filter.ts';

/** What the list shows; absent means all. */
export interface ExecutionFilter {
  readonly status?: ExecutionStatus | undefined;
  readonly workflowId?: string | undefined;
  /** Words in the run data, or `key=value` that an execution noted about itself. */
  readonly words?: string | undefined;
  readonly age?: Age | undefined;
}

const PAGE_SIZE = 50;

/** Executions, newest first, kept up to date by push events. */
export const useExecutionsStore = defineStore('executions', () => {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();

  const rows = shallowRef<readonly Execution[]>([]);
  const filter = shallowRef<ExecutionFilter>({});
  const nextCursor = shallowRef<string | null>(null);
  const isLoading = shallowRef(false);
  const isLoaded = shallowRef(false);
  /** A search by words has not seen all executions yet. */
  const isIndexing = shallowRef(false);
  const problem = shallowRef<Problem>();

  /** Loads the first page of `next`, or of what is shown. A slow answer to an older filter is dropped. */
  async function load(next: ExecutionFilter = filter.value) {
    if (next !== filter.value) rows.value = [];
    filter.value = next;
    isLoading.value = true;
    problem.value = undefined;
    try {
      const page = await api(listExecutions, { querystring: pageQuery(next) });
      if (filter.value !== next) return;
      rows.value = page.data;
      nextCursor.value = page.nextCursor;
      isIndexing.value = page.isIndexing ?? false;
      isLoaded.value = true;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      if (filter.value === next) isLoading.value = false;
    }
  }

  async function loadMore() {
    const cursor = nextCursor.value;
    if (!cursor) return;
    const querystring = { ...pageQuery(filter.value), cursor };
    const page = await attempt(() => api(listExecutions, { querystring }));
    if (!page) return;
    rows.value = [...rows.value, ...page.data];
    nextCursor.value = page.nextCursor;
  }

  /** Takes what the server tells into the list. Runs of single nodes do not show here. */
  async function apply(event: PushEvent) {
    switch (event.type) {
      case 'execution-started':
      case 'execution-finished':
        return refresh(event.executionId);
      case 'run-started':
      case 'run-finished':
      case 'workflow-changed':
      case 'listening-started':
      case 'listening-ended':
        return;
      default:
        event satisfies never;
    }
  }

  /** Reads one execution again and puts it where it belongs, or takes it off if the filter says so. */
  async function refresh(id: string) {
    const { status, workflowId, words } = filter.value;
    const found = await api(getExecution, { params: { id }, querystring: {} });
    const isWanted =
      (!status || found.status === status) && (!workflowId || found.workflowId === workflowId);
    const isKnown = rows.value.some((row) => row.id === id);
    if (!isWanted) rows.value = rows.value.filter((row) => row.id !== id);
    else if (isKnown) rows.value = rows.value.map((row) => (row.id === id ? found : row));
    // Only the server knows whether the words are in it.
    else if (!words) rows.value = [found, ...rows.value];
  }

  /** Runs it again. Returns the new execution's id. */
  async function retry(id: string, body: RetryInput = {}): Promise<string | undefined> {
    const started = await attempt(() => api(retryExecution, { params: { id }, body }));
    if (started) await refresh(started.id);
    return started?.id;
  }

  /** Says what becomes of the node that a crash cut off. */
  async function decide(id: string, decision: DecideInput['decision']) {
    await attempt(() => api(decideExecution, { params: { id }, body: { decision } }));
  }

  async function cancel(id: string) {
    const canceled = await attempt(() => api(cancelExecution, { params: { id } }));
    if (canceled) rows.value = rows.value.map((row) => (row.id === id ? canceled : row));
  }

  /** Returns whether it is gone. */
  async function remove(id: string): Promise<boolean> {
    const isDone = await attempt(async () => {
      await api(deleteExecution, { params: { id } });
      return true;
    });
    if (isDone) rows.value = rows.value.filter((row) => row.id !== id);
    return isDone ?? false;
  }

  return {
    rows,
    filter,
    nextCursor,
    isLoading,
    isLoaded,
    isIndexing,
    problem,
    load,
    loadMore,
    apply,
    retry,
    decide,
    cancel,
    remove,
  };
});

const pageQuery = (filter: ExecutionFilter) => ({
  limit: PAGE_SIZE,
  ...queryOf(filter, Date.now()),
});
