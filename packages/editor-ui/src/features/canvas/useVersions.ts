import {
  getWorkflowVersion,
  listWorkflowVersions,
  restoreWorkflowVersion,
  type WorkflowVersionDetail,
} from '@millrace/api';
import { shallowRef } from 'vue';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** What was published of a workflow, the latest first. */
export function useVersions(workflowId: string) {
  const attempt = useAttempt();
  const chosen = shallowRef<WorkflowVersionDetail>();
  const { value, problem, load } = useResource(async () => {
    const querystring = { limit: 100 };
    return (await api(listWorkflowVersions, { params: { id: workflowId }, querystring })).data;
  });

  async function choose(version: string) {
    const params = { id: workflowId, version };
    chosen.value = await attempt(() => api(getWorkflowVersion, { params }));
  }

  /** Makes the chosen one the draft. Returns whether it is. */
  async function restore(): Promise<boolean> {
    const version = chosen.value?.id;
    if (!version) return false;
    const params = { id: workflowId, version };
    return (await attempt(() => api(restoreWorkflowVersion, { params }))) !== undefined;
  }

  return { versions: value, problem, load, chosen, choose, restore };
}
