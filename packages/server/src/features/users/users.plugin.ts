import { createUser, deleteUser, getUser, listUsers, updateUser } from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { UserService } from './users.service.ts';

/** People who may sign in. */
export const usersPlugin: Feature<{ users: UserService; audit: AuditService }> = async (
  app,
  { users, audit },
) => {
  app.route({ ...on(listUsers), handler: ({ query }) => users.list(query) });
  app.route({ ...on(getUser), handler: ({ params }) => users.get(params.id) });

  app.route({
    ...on(createUser),
    handler: async (request, reply) => {
      const user = await users.create(callerOf(request), request.body);
      await audit.record(callerOf(request), 'user.create', user.id, { role: user.role });
      return reply.code(201).send(user);
    },
  });

  app.route({
    ...on(updateUser),
    handler: async (request) => {
      const user = await users.update(callerOf(request), request.params.id, request.body);
      await audit.record(callerOf(request), 'user.update', user.id, { role: user.role });
      return user;
    },
  });

  app.route({
    ...on(deleteUser),
    handler: async (request, reply) => {
      await users.remove(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'user.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });
};
