import { LIMIT_RANGES } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { Property } from '@millrace/workflow/node-api';
import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, ListQuery, Nothing } from './list.ts';

const Whole = (maximum: number) => Type.Integer({ minimum: 1, maximum });

/** How many may use a credential at once, and how many requests may go out with it in a time. */
export const CredentialLimits = Type.Object(
  {
    maxConcurrency: Type.Optional(Whole(LIMIT_RANGES.maxConcurrency)),
    rate: Type.Optional(
      Type.Object(
        { max: Whole(LIMIT_RANGES.rateMax), periodSeconds: Whole(LIMIT_RANGES.periodSeconds) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type CredentialLimits = Static<typeof CredentialLimits>;

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
  /** Null when there is no limit. */
  limits: Type.Union([CredentialLimits, Type.Null()]),
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
  limits: Type.Optional(Type.Union([CredentialLimits, Type.Null()])),
  projectId: Type.Optional(Type.String({ maxLength: 64 })),
});
export type CredentialInput = Static<typeof CredentialInput>;

/** Fields of `data` that are left out keep their value. */
export const CredentialPatch = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  data: Type.Optional(Secrets),
  hosts: Type.Optional(Hosts),
  /** Null takes the limits away. */
  limits: Type.Optional(Type.Union([CredentialLimits, Type.Null()])),
});
export type CredentialPatch = Static<typeof CredentialPatch>;

/** What stands in the form of a credential, saved or not. With an `id`, fields left out are the saved ones. */
export const CredentialTestInput = Type.Object({
  id: Type.Optional(Type.String({ maxLength: 64 })),
  type: Type.String({ minLength: 1, maxLength: 128 }),
  data: Secrets,
  hosts: Type.Optional(Hosts),
});
export type CredentialTestInput = Static<typeof CredentialTestInput>;

export const CredentialTestResult = Type.Object({
  /** `unknown`: its type says no way to find out. */
  status: Type.Union([Type.Literal('ok'), Type.Literal('error'), Type.Literal('unknown')]),
  message: Type.String(),
  fix: Type.Optional(Type.String()),
});
export type CredentialTestResult = Static<typeof CredentialTestResult>;

export const CredentialTypeInfo = Type.Object({
  name: Type.String(),
  displayName: Type.String(),
  properties: Type.Array(Type.Unsafe<Property>(Type.Object({}, { additionalProperties: true }))),
  documentation: Type.Optional(Type.String()),
  /** Is to be connected at the service: see `connectCredential`. */
  isOAuth2: Type.Boolean(),
  canTest: Type.Boolean(),
  /** Hosts its secrets go to when the user names none; empty is any. */
  hosts: Type.Array(Type.String()),
  iconSvg: Type.Optional(Type.String()),
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

export const testCredential = endpoint({
  method: 'POST',
  url: '/credentials/:id/test',
  access: 'credential:read',
  params: IdParams,
  response: { 200: CredentialTestResult },
});

export const testCredentialDraft = endpoint({
  method: 'POST',
  url: '/credentials/test',
  access: 'credential:create',
  body: CredentialTestInput,
  response: { 200: CredentialTestResult },
});

/** Gives the address of the service's consent page for an OAuth2 credential. */
export const connectCredential = endpoint({
  method: 'POST',
  url: '/credentials/:id/oauth2/connect',
  access: 'credential:update',
  params: IdParams,
  response: { 200: Type.Object({ url: Type.String() }) },
});

/** Forgets the tokens of an OAuth2 credential. */
export const disconnectCredential = endpoint({
  method: 'POST',
  url: '/credentials/:id/oauth2/disconnect',
  access: 'credential:update',
  params: IdParams,
  response: { 204: Nothing },
});

export const listCredentialTypes = endpoint({
  method: 'GET',
  url: '/credential-types',
  access: 'credential:list',
  response: { 200: Type.Object({ data: Type.Array(CredentialTypeInfo) }) },
});
