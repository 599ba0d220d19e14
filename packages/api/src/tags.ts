import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

/** A label people put on workflows; the same for the whole instance. */
export const Tag = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Workflows that have it and the caller sees. */
  workflowCount: Type.Integer(),
  createdAt: Instant,
});
export type Tag = Static<typeof Tag>;

export const TagInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '\\S' }),
});
export type TagInput = Static<typeof TagInput>;

/** A tag as a workflow shows it. */
export const TagRef = Type.Object({ id: Type.String(), name: Type.String() });
export type TagRef = Static<typeof TagRef>;

export const listTags = endpoint({
  method: 'GET',
  url: '/tags',
  access: 'tag:list',
  summary: 'By name',
  querystring: ListQuery,
  response: { 200: listOf(Tag) },
});

export const createTag = endpoint({
  method: 'POST',
  url: '/tags',
  access: 'tag:create',
  body: TagInput,
  response: { 201: Tag },
});

export const updateTag = endpoint({
  method: 'PATCH',
  url: '/tags/:id',
  access: 'tag:update',
  params: IdParams,
  body: TagInput,
  response: { 200: Tag },
});

/** Takes it off all workflows. */
export const deleteTag = endpoint({
  method: 'DELETE',
  url: '/tags/:id',
  access: 'tag:delete',
  params: IdParams,
  response: { 204: Nothing },
});

export const getWorkflowTags = endpoint({
  method: 'GET',
  url: '/workflows/:id/tags',
  access: 'workflow:read',
  params: IdParams,
  response: { 200: Type.Object({ data: Type.Array(TagRef) }) },
});

/** Puts exactly these tags on a workflow. */
export const putWorkflowTags = endpoint({
  method: 'PUT',
  url: '/workflows/:id/tags',
  access: 'workflow:update',
  params: IdParams,
  body: Type.Object({
    tagIds: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50, uniqueItems: true }),
  }),
  response: { 200: Type.Object({ data: Type.Array(TagRef) }) },
});
