import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

export const ProjectRole = Type.Union([
  Type.Literal('admin'),
  Type.Literal('editor'),
  Type.Literal('viewer'),
]);
export type ProjectRole = Static<typeof ProjectRole>;

export const Project = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('personal'), Type.Literal('team')]),
  /** What the caller is in it. */
  role: ProjectRole,
  createdAt: Instant,
});
export type Project = Static<typeof Project>;

export const ProjectInput = Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }) });
export type ProjectInput = Static<typeof ProjectInput>;

export const ProjectMember = Type.Object({
  userId: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: ProjectRole,
});
export type ProjectMember = Static<typeof ProjectMember>;

const MemberParams = Type.Object({
  id: Type.String({ maxLength: 64 }),
  userId: Type.String({ maxLength: 64 }),
});

export const listProjects = endpoint({
  method: 'GET',
  url: '/projects',
  access: 'project:list',
  querystring: ListQuery,
  response: { 200: listOf(Project) },
});

export const createProject = endpoint({
  method: 'POST',
  url: '/projects',
  access: 'project:create',
  body: ProjectInput,
  response: { 201: Project },
});

export const getProject = endpoint({
  method: 'GET',
  url: '/projects/:id',
  access: 'project:read',
  params: IdParams,
  response: { 200: Project },
});

export const updateProject = endpoint({
  method: 'PATCH',
  url: '/projects/:id',
  access: 'project:update',
  params: IdParams,
  body: ProjectInput,
  response: { 200: Project },
});

export const deleteProject = endpoint({
  method: 'DELETE',
  url: '/projects/:id',
  access: 'project:delete',
  params: IdParams,
  response: { 204: Nothing },
});

export const listProjectMembers = endpoint({
  method: 'GET',
  url: '/projects/:id/members',
  access: 'project:read',
  params: IdParams,
  response: { 200: listOf(ProjectMember) },
});

export const putProjectMember = endpoint({
  method: 'PUT',
  url: '/projects/:id/members/:userId',
  access: 'project:update',
  params: MemberParams,
  body: Type.Object({ role: ProjectRole }),
  response: { 204: Nothing },
});

export const deleteProjectMember = endpoint({
  method: 'DELETE',
  url: '/projects/:id/members/:userId',
  access: 'project:update',
  params: MemberParams,
  response: { 204: Nothing },
});
