import {
  createLlmPrice,
  deleteLlmBudget,
  deleteLlmPrice,
  listLlmBudgets,
  listLlmPrices,
  listLlmUsage,
  listProjects,
  setLlmBudget,
  type LlmBudgetInput,
  type LlmPriceInput,
} from '@millrace/api';
import { shallowRef, watch } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

const DAYS_SHOWN = 30;
const DAY_MS = 86_400_000;

/** What a project spends on models, what it may, and what models cost. */
export function useLlm() {
  const attempt = useAttempt();
  /** The project on show; the first one until another is chosen. */
  const projectId = shallowRef<string>();

  const { value, isLoading, problem, load } = useResource(async () => {
    const projects = (await api(listProjects, { querystring: { limit: 250 } })).data;
    const id = projectId.value ?? projects[0]?.id ?? '';
    const from = new Date(Date.now() - DAYS_SHOWN * DAY_MS).toISOString();
    const [usage, budgets, prices] = await Promise.all([
      api(listLlmUsage, { querystring: { projectId: id, from } }),
      api(listLlmBudgets, { querystring: { projectId: id } }),
      api(listLlmPrices, {}),
    ]);
    return { id, projects, usage: usage.data, budgets: budgets.data, prices: prices.data };
  });
  watch(projectId, load);

  /** Rejects when the server refuses: the form shows why. */
  async function setBudget(body: LlmBudgetInput) {
    await api(setLlmBudget, { body });
    await load();
  }

  /** Rejects when the server refuses: the form shows why. */
  async function addPrice(body: LlmPriceInput) {
    await api(createLlmPrice, { body });
    await load();
  }

  async function removeBudget(id: string) {
    await attempt(() => api(deleteLlmBudget, { params: { id } }));
    await load();
  }

  async function removePrice(id: string) {
    await attempt(() => api(deleteLlmPrice, { params: { id } }));
    await load();
  }

  return {
    projectId,
    llm: value,
    isLoading,
    problem,
    load,
    setBudget,
    addPrice,
    removeBudget,
    removePrice,
  };
}
