import {
  createTag,
  deleteTag,
  getWorkflowTags,
  listTags,
  putWorkflowTags,
  updateTag,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { TagService } from './tags.service.ts';

/** Tags: labels people put on workflows. */
export const tagsPlugin: Feature<{ tags: TagService }> = async (app, { tags }) => {
  app.route({
    ...on(listTags),
    handler: (request) => tags.list(callerOf(request), request.query),
  });

  app.route({
    ...on(createTag),
    handler: async (request, reply) =>
      reply.code(201).send(await tags.create(callerOf(request), request.body)),
  });

  app.route({
    ...on(updateTag),
    handler: (request) => tags.update(callerOf(request), request.params.id, request.body),
  });

  app.route({
    ...on(deleteTag),
    handler: async (request, reply) => {
      await tags.remove(request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(getWorkflowTags),
    handler: async (request) => ({ data: await tags.of(callerOf(request), request.params.id) }),
  });

  app.route({
    ...on(putWorkflowTags),
    handler: async (request) => ({
      data: await tags.put(callerOf(request), request.params.id, request.body.tagIds),
    }),
  });
};
