import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, MaybeInstant, Nothing } from './list.ts';

export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** First characters, to tell keys apart. */
  hint: Type.String(),
  /** What it may do; null is all its user may. */
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  expiresAt: MaybeInstant,
  lastUsedAt: MaybeInstant,
  createdAt: Instant,
});
export type ApiKey = Static<typeof ApiKey>;

export const ApiKeyInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  scopes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 })),
  expiresAt: Type.Optional(Instant),
});
export type ApiKeyInput = Static<typeof ApiKeyInput>;

/** The one answer that holds the key itself. */
export const NewApiKey = Type.Object({ ...ApiKey.properties, key: Type.String() });
export type NewApiKey = Static<typeof NewApiKey>;

export const listApiKeys = endpoint({
  method: 'GET',
  url: '/api-keys',
  access: 'api-key:list',
  response: { 200: listOf(ApiKey) },
});

export const createApiKey = endpoint({
  method: 'POST',
  url: '/api-keys',
  access: 'api-key:create',
  summary: 'Make an API key: shown this once',
  body: ApiKeyInput,
  response: { 201: NewApiKey },
});

export const deleteApiKey = endpoint({
  method: 'DELETE',
  url: '/api-keys/:id',
  access: 'api-key:delete',
  params: IdParams,
  response: { 204: Nothing },
});
