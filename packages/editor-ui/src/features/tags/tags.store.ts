import {
  createTag,
  deleteTag,
  listTags,
  putWorkflowTags,
  updateTag,
  type Tag,
  type TagRef,
} from '@millrace/api';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';

/** The labels people put on workflows, by name. */
export const useTagsStore = defineStore('tags', () => {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();
  const rows = shallowRef<readonly Tag[]>([]);
  const isLoaded = shallowRef(false);
  const problem = shallowRef<Problem>();

  async function load() {
    problem.value = undefined;
    try {
      rows.value = (await api(listTags, { querystring: { limit: 250 } })).data;
      isLoaded.value = true;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    }
  }

  /** Makes one and returns it; undefined when it failed and was said so. */
  async function create(name: string): Promise<Tag | undefined> {
    const made = await attempt(() => api(createTag, { body: { name } }));
    if (made) await load();
    return made;
  }

  async function rename(id: string, name: string) {
    await attempt(() => api(updateTag, { params: { id }, body: { name } }));
    await load();
  }

  async function remove(id: string) {
    await attempt(() => api(deleteTag, { params: { id } }));
    await load();
  }

  /** Puts exactly these on a workflow. Returns what it has then; undefined when it failed. */
  async function put(
    workflowId: string,
    tagIds: readonly string[],
  ): Promise<readonly TagRef[] | undefined> {
    const input = { params: { id: workflowId }, body: { tagIds: [...tagIds] } };
    return (await attempt(() => api(putWorkflowTags, input)))?.data;
  }

  return { rows, isLoaded, problem, load, create, rename, remove, put };
});
