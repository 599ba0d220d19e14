import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, listOf, ListQuery, Nothing } from './list.ts';

/** A value expressions read as `$vars.key`, in every project. Not for secrets: everybody may read it. */
export const Variable = Type.Object({
  id: Type.String(),
  key: Type.String(),
  value: Type.String(),
});
export type Variable = Static<typeof Variable>;

export const VariableInput = Type.Object({
  key: Type.String({ maxLength: 64, pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  value: Type.String({ maxLength: 65_536 }),
});
export type VariableInput = Static<typeof VariableInput>;

export const listVariables = endpoint({
  method: 'GET',
  url: '/variables',
  access: 'variable:list',
  summary: 'By key',
  querystring: ListQuery,
  response: { 200: listOf(Variable) },
});

export const createVariable = endpoint({
  method: 'POST',
  url: '/variables',
  access: 'variable:create',
  body: VariableInput,
  response: { 201: Variable },
});

export const getVariable = endpoint({
  method: 'GET',
  url: '/variables/:id',
  access: 'variable:read',
  params: IdParams,
  response: { 200: Variable },
});

export const updateVariable = endpoint({
  method: 'PATCH',
  url: '/variables/:id',
  access: 'variable:update',
  params: IdParams,
  body: Type.Partial(VariableInput),
  response: { 200: Variable },
});

export const deleteVariable = endpoint({
  method: 'DELETE',
  url: '/variables/:id',
  access: 'variable:delete',
  params: IdParams,
  response: { 204: Nothing },
});
