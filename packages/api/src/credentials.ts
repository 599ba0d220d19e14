import type { JsonObject } from '@millrace/workflow/items';
import type { Property } from '@millrace/workflow/node-api';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

/** A stored credential. Its secrets never leave the server. */
export const Credential = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  projectId: Type.String(),
  /** Hosts its secrets may be sent to; empty means any. */
  hosts: Type.Array(Type.String()),
  /** Names of the fields that hold a value. */
  filledFields: Type.Array(Type.String()),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Credential = Static<typeof Credential>;

const Secrets = Type.Unsafe<JsonObject>(Type.Object({}, { additionalProperties: true }));
const Hosts = Type.Array(Type.String({ maxLength: 253 }), { maxItems: 100 });

export const CredentialInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  type: Type.String({ minLength: 1, maxLength: 128 }),
  data: Secrets,
  hosts: Type.Optional(Hosts),
  projectId: Type.Optional(Type.String({ maxLength: 64 })),
});
export type CredentialInput = Static<typeof CredentialInput>;

/** Fields of `data` that are left out keep their value. */
export const CredentialPatch = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  data: Type.Optional(Secrets),
  hosts: Type.Optional(Hosts),
});
export type CredentialPatch = Static<typeof CredentialPatch>;

export const CredentialTypeInfo = Type.Object({
  name: Type.String(),
  displayName: Type.String(),
  properties: Type.Array(Type.Unsafe<Property>(Type.Object({}, { additionalProperties: true }))),
  documentation: Type.Optional(Type.String()),
});
export type CredentialTypeInfo = Static<typeof CredentialTypeInfo>;

export const listCredentials = endpoint({
  method: 'GET',
  url: '/credentials',
  access: 'credential:list',
  querystring: Type.Object({
    ...ListQuery.properties,
    type: Type.Optional(Type.String({ maxLength: 128 })),
    projectId: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  response: { 200: listOf(Credential) },
});

export const createCredential = endpoint({
  method: 'POST',
  url: '/credentials',
  access: 'credential:create',
  body: CredentialInput,
  response: { 201: Credential },
});

export const getCredential = endpoint({
  method: 'GET',
  url: '/credentials/:id',
  access: 'credential:read',
  params: IdParams,
  response: { 200: Credential },
});

export const updateCredential = endpoint({
  method: 'PATCH',
  url: '/credentials/:id',
  access: 'credential:update',
  params: IdParams,
  body: CredentialPatch,
  response: { 200: Credential },
});

export const deleteCredential = endpoint({
  method: 'DELETE',
  url: '/credentials/:id',
  access: 'credential:delete',
  params: IdParams,
  response: { 204: Nothing },
});

export const listCredentialTypes = endpoint({
  method: 'GET',
  url: '/credential-types',
  access: 'credential:list',
  response: { 200: Type.Object({ data: Type.Array(CredentialTypeInfo) }) },
});
