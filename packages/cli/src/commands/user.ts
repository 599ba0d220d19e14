import { defineCommand } from 'citty';
import type { Role } from '@millrace/api';
import { ArgError } from '../arg.error.ts';
import { withInstance } from '../instance.ts';

const create = defineCommand({
  meta: { name: 'create', description: 'Make a user; the first one is the owner' },
  args: {
    email: { type: 'string', required: true },
    password: { type: 'string', required: true },
    role: { type: 'string', default: 'member', description: 'owner, admin or member' },
  },
  run: ({ args: { email, password, role } }) =>
    withInstance(async ({ services, caller }) => {
      if (!/^[^\s@]+@[^\s@]+$/.test(email))
        throw new ArgError('--email', email, 'Give an e-mail address');
      if (password.length < 8)
        throw new ArgError('--password', '(hidden)', 'Use at least 8 characters');
      const user = await services.users.create(caller, { email, password, role: toRole(role) });
      console.log(JSON.stringify(user));
    }),
});

function toRole(role: string): Role {
  if (role === 'owner' || role === 'admin' || role === 'member') return role;
  throw new ArgError('--role', role, 'Use owner, admin or member');
}

export default defineCommand({
  meta: { name: 'user', description: 'Users of this instance' },
  subCommands: { create },
});
