import {
  createWorkflow,
  deleteWorkflow,
  getWorkflow,
  listWorkflows,
  publishWorkflow,
  unpublishWorkflow,
  type Workflow,
  type WorkflowSummary,
} from '@millrace/api';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useToastStore } from '../../ui/index.ts';

/** The workflows the person may see. */
export const useWorkflowsStore = defineStore('workflows', () => {
  const { t } = useI18n({ useScope: 'global' });
  const toasts = useToastStore();
  const attempt = useAttempt();

  const loaded = shallowRef<readonly WorkflowSummary[]>([]);
  const nextCursor = shallowRef<string | null>(null);
  const isLoading = shallowRef(false);
  const isLoaded = shallowRef(false);
  const problem = shallowRef<Problem>();
  /** Deleted on the screen, still there on the server until undo is out of reach. */
  const leaving = shallowReactive(new Set<string>());
  const rows = computed(() => loaded.value.filter(({ id }) => !leaving.has(id)));

  /** Loads the first page again. What is shown stays until the answer is there. */
  async function load() {
    isLoading.value = true;
    problem.value = undefined;
    try {
      const page = await api(listWorkflows, { querystring: { limit: 250 } });
      loaded.value = page.data;
      nextCursor.value = page.nextCursor;
      isLoaded.value = true;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    } finally {
      isLoading.value = false;
    }
  }

  async function loadMore() {
    if (!nextCursor.value) return;
    const querystring = { limit: 250, cursor: nextCursor.value };
    const page = await attempt(() => api(listWorkflows, { querystring }));
    if (!page) return;
    loaded.value = [...loaded.value, ...page.data];
    nextCursor.value = page.nextCursor;
  }

  /** Names for pickers, from what is loaded; asks the server if nothing is. */
  async function listNames(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    if (!isLoaded.value) await load();
    return rows.value;
  }

  /** Makes an empty workflow and returns its id; undefined when it failed and was said so. */
  async function create(name: string): Promise<string | undefined> {
    return add({ name, nodes: [], connections: {}, settings: { executionOrder: 'v1' } });
  }

  /** Stores this workflow as a new one and returns its id. */
  async function add(body: WorkflowJson): Promise<string | undefined> {
    const made = await attempt(() => api(createWorkflow, { body }));
    if (!made) return undefined;
    await load();
    return made.id;
  }

  async function duplicate(id: string, name: string): Promise<void> {
    const source = await read(id);
    if (!source) return;
    const { nodes, connections, settings, pinData } = source;
    const body = { name, nodes, connections, ...(settings && { settings }) };
    if (await add(pinData ? { ...body, pinData } : body)) {
      toasts.show({ kind: 'success', title: t('workflows.duplicated', { name }) });
    }
  }

  /** The whole workflow; undefined when it failed and was said so. */
  async function read(id: string): Promise<Workflow | undefined> {
    return attempt(() => api(getWorkflow, { params: { id } }));
  }

  async function setPublished(id: string, isPublished: boolean) {
    const endpoint = isPublished ? publishWorkflow : unpublishWorkflow;
    const changed = await attempt(() => api(endpoint, { params: { id } }));
    if (!changed) return;
    const { active, hasUnpublishedChanges, publishedVersionId, updatedAt } = changed;
    const facts = { active, hasUnpublishedChanges, publishedVersionId, updatedAt };
    loaded.value = loaded.value.map((row) => (row.id === id ? { ...row, ...facts } : row));
  }

  /** Takes it off the list at once; it is deleted when the toast goes and undo was not chosen. */
  function remove({ id, name }: Pick<WorkflowSummary, 'id' | 'name'>) {
    leaving.add(id);
    const finish = () => void finishRemoval(id);
    window.addEventListener('pagehide', finish);
    const settle = () => window.removeEventListener('pagehide', finish);

    toasts.show({
      kind: 'success',
      title: t('workflows.deleted', { name }),
      durationMs: 8000,
      action: {
        label: t('common.undo'),
        run: () => {
          settle();
          leaving.delete(id);
        },
      },
      onExpire: () => {
        settle();
        finish();
      },
    });
  }

  async function finishRemoval(id: string) {
    if (!leaving.has(id)) return;
    const done = await attempt(async () => {
      await api(deleteWorkflow, { params: { id } });
      return true;
    });
    if (done) loaded.value = loaded.value.filter((row) => row.id !== id);
    leaving.delete(id);
  }

  return {
    rows,
    nextCursor,
    isLoading,
    isLoaded,
    problem,
    load,
    loadMore,
    listNames,
    create,
    add,
    duplicate,
    read,
    setPublished,
    remove,
  };
});
