import { createDataTable, deleteDataTable, listDataTables, type DataColumn } from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** The tables people made. */
export function useDataTables() {
  const attempt = useAttempt();
  const { value, ...rest } = useResource(
    async () => (await api(listDataTables, { querystring: {} })).data,
  );

  /** Makes one and returns its id. Rejects when the server refuses: the form shows why. */
  async function create(name: string, columns: readonly DataColumn[]): Promise<string> {
    const { id } = await api(createDataTable, { body: { name, columns: [...columns] } });
    return id;
  }

  async function remove(id: string) {
    await attempt(() => api(deleteDataTable, { params: { id } }));
    await rest.load();
  }

  return { tables: value, ...rest, create, remove };
}
