import {
  createProject,
  deleteProject,
  deleteProjectMember,
  getProject,
  listProjectMembers,
  listProjects,
  putProjectMember,
  updateProject,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { ProjectService } from './projects.service.ts';

/** Projects and who is in them. */
export const projectsPlugin: Feature<{ projects: ProjectService }> = async (app, { projects }) => {
  app.route({
    ...on(listProjects),
    handler: (request) => projects.list(callerOf(request), request.query),
  });

  app.route({
    ...on(createProject),
    handler: async (request, reply) =>
      reply.code(201).send(await projects.create(callerOf(request), request.body)),
  });

  app.route({
    ...on(getProject),
    handler: (request) => projects.get(callerOf(request), request.params.id),
  });

  app.route({
    ...on(updateProject),
    handler: (request) => projects.update(callerOf(request), request.params.id, request.body),
  });

  app.route({
    ...on(deleteProject),
    handler: async (request, reply) => {
      await projects.remove(callerOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(listProjectMembers),
    handler: (request) => projects.members(callerOf(request), request.params.id),
  });

  app.route({
    ...on(putProjectMember),
    handler: async (request, reply) => {
      const { id, userId } = request.params;
      await projects.putMember(callerOf(request), id, userId, request.body.role);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(deleteProjectMember),
    handler: async (request, reply) => {
      const { id, userId } = request.params;
      await projects.removeMember(callerOf(request), id, userId);
      return reply.code(204).send(null);
    },
  });
};
