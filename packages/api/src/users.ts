import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

export const Role = Type.Union([
  Type.Literal('owner'),
  Type.Literal('admin'),
  Type.Literal('member'),
]);
export type Role = Static<typeof Role>;

export const User = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: Role,
  createdAt: Instant,
});
export type User = Static<typeof User>;

export const UserInput = Type.Object({
  email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' }),
  password: Type.String({ minLength: 8, maxLength: 256 }),
  name: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(Role),
});
export type UserInput = Static<typeof UserInput>;

export const UserPatch = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(Role),
});
export type UserPatch = Static<typeof UserPatch>;

export const listUsers = endpoint({
  method: 'GET',
  url: '/users',
  access: 'user:list',
  querystring: ListQuery,
  response: { 200: listOf(User) },
});

export const createUser = endpoint({
  method: 'POST',
  url: '/users',
  access: 'user:create',
  body: UserInput,
  response: { 201: User },
});

export const getUser = endpoint({
  method: 'GET',
  url: '/users/:id',
  access: 'user:read',
  params: IdParams,
  response: { 200: User },
});

export const updateUser = endpoint({
  method: 'PATCH',
  url: '/users/:id',
  access: 'user:update',
  params: IdParams,
  body: UserPatch,
  response: { 200: User },
});

export const deleteUser = endpoint({
  method: 'DELETE',
  url: '/users/:id',
  access: 'user:delete',
  params: IdParams,
  response: { 204: Nothing },
});
