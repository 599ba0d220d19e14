import { defineCommand } from 'citty';
import { NotFoundError } from '@millrace/workflow/errors';
import { withInstance, type Instance } from '../instance.ts';

const create = defineCommand({
  meta: { name: 'create', description: 'Make an API key and print it, this once' },
  args: {
    user: { type: 'string', required: true, description: 'E-mail of the user it acts for' },
    name: { type: 'string', default: 'cli' },
  },
  run: ({ args }) =>
    withInstance(async (instance) => {
      const { id, role } = await findUser(instance, args.user);
      const caller = { userId: id, role, via: 'system' } as const;
      const { key } = await instance.services.apiKeys.create(caller, { name: args.name });
      console.log(key);
    }),
});

async function findUser({ services }: Instance, email: string) {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof services.users.list>> = await services.users.list({
      cursor,
    });
    const found = page.data.find((user) => user.email === email.toLowerCase());
    if (found) return found;
    cursor = page.nextCursor;
  }
  throw new NotFoundError('user', email);
}

export default defineCommand({
  meta: { name: 'api-key', description: 'API keys of this instance' },
  subCommands: { create },
});
