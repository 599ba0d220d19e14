import { listPackages } from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useResource } from '../../lib/useResource.ts';

/** What is installed beside the server itself. */
export function usePackages() {
  const { value, ...rest } = useResource(async () => (await api(listPackages, {})).data);
  return { packages: value, ...rest };
}
