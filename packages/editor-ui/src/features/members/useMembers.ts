import {
  createUser,
  deleteUser,
  listUsers,
  updateUser,
  type Role,
  type UserInput,
} from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** Roles from most to least. */
export const roles = ['owner', 'admin', 'member'] as const satisfies readonly Role[];

/** The people of this server. */
export function useMembers() {
  const attempt = useAttempt();
  const { value, ...rest } = useResource(
    async () => (await api(listUsers, { querystring: { limit: 250 } })).data,
  );

  /** Rejects when the server refuses: the form shows why. */
  async function add(body: UserInput) {
    await api(createUser, { body });
    await rest.load();
  }

  async function setRole(id: string, role: Role) {
    await attempt(() => api(updateUser, { params: { id }, body: { role } }));
    await rest.load();
  }

  async function remove(id: string) {
    await attempt(() => api(deleteUser, { params: { id } }));
    await rest.load();
  }

  return { members: value, ...rest, add, setRole, remove };
}
