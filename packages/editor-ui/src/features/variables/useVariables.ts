import {
  createVariable,
  deleteVariable,
  listVariables,
  updateVariable,
  type VariableInput,
} from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** The values that expressions read as `$vars`. */
export function useVariables() {
  const attempt = useAttempt();
  const { value, ...rest } = useResource(
    async () => (await api(listVariables, { querystring: { limit: 250 } })).data,
  );

  /** Makes one, or changes the one with this id. Rejects when the server refuses: the form shows why. */
  async function save(id: string | undefined, body: VariableInput) {
    if (id) await api(updateVariable, { params: { id }, body });
    else await api(createVariable, { body });
    await rest.load();
  }

  async function remove(id: string) {
    await attempt(() => api(deleteVariable, { params: { id } }));
    await rest.load();
  }

  return { variables: value, ...rest, save, remove };
}
