import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { Instant, listOf, ListQuery } from './list.ts';

/** An act of consequence: who did what to what, and when. */
export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Instant,
  /** Null for what the instance did itself. */
  userId: Type.Union([Type.String(), Type.Null()]),
  /** Null also when that user is gone. */
  email: Type.Union([Type.String(), Type.Null()]),
  /** Such as `workflow.publish`. */
  action: Type.String(),
  /** Id of what it was done to. */
  target: Type.String(),
  details: Type.Object({}, { additionalProperties: true }),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditQuery = Type.Object({
  ...ListQuery.properties,
  userId: Type.Optional(Type.String({ maxLength: 64 })),
  /** Exactly this action, or with `workflow.` all that begin so. */
  action: Type.Optional(Type.String({ maxLength: 64 })),
  target: Type.Optional(Type.String({ maxLength: 128 })),
  from: Type.Optional(Instant),
  /** Not itself part of it. */
  to: Type.Optional(Instant),
});
export type AuditQuery = Static<typeof AuditQuery>;

export const listAudit = endpoint({
  method: 'GET',
  url: '/audit',
  access: 'audit:list',
  summary: 'The latest first',
  querystring: AuditQuery,
  response: { 200: listOf(AuditEntry) },
});
