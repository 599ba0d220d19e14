import { createApiKey, deleteApiKey, listApiKeys, type ApiKey } from '@millrace/api';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../lib/api.ts';
import { toProblem, type Problem } from '../../lib/problem.ts';
import { useAttempt } from '../../lib/useAttempt.ts';

/** The person's own API keys. The key itself is known only when it is made. */
export const useApiKeysStore = defineStore('api-keys', () => {
  const { t } = useI18n({ useScope: 'global' });
  const attempt = useAttempt();

  const rows = shallowRef<readonly ApiKey[]>([]);
  const isLoaded = shallowRef(false);
  const problem = shallowRef<Problem>();

  async function load() {
    problem.value = undefined;
    try {
      rows.value = (await api(listApiKeys, {})).data;
      isLoaded.value = true;
    } catch (error) {
      problem.value = toProblem(error, t('common.unreachable'));
    }
  }

  /** Makes a key and returns it whole. Rejects when the server refuses: the form shows why. */
  async function create(name: string): Promise<string> {
    const { key, ...made } = await api(createApiKey, { body: { name } });
    rows.value = [made, ...rows.value];
    return key;
  }

  /** Returns whether it is gone. */
  async function remove(id: string): Promise<boolean> {
    const isDone = await attempt(async () => {
      await api(deleteApiKey, { params: { id } });
      return true;
    });
    if (isDone) rows.value = rows.value.filter((row) => row.id !== id);
    return isDone ?? false;
  }

  return { rows, isLoaded, problem, load, create, remove };
});
