import { listWorkers } from '@millrace/api';
import { onScopeDispose } from 'vue';
import { api } from '../../lib/api.ts';
import { useResource } from '../../lib/useResource.ts';

const REFRESH_MS = 5_000;

/** The processes of this server, looked up again while the page is open. */
export function useWorkers() {
  const { value, ...rest } = useResource(async () => (await api(listWorkers, {})).data);
  const timer = setInterval(() => void rest.load(), REFRESH_MS);
  onScopeDispose(() => clearInterval(timer));
  return { workers: value, ...rest };
}
