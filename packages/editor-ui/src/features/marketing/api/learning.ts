import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, listOf } from './shapes.ts';

/** What a programme came to believe, with its doubt. */
export const Learning = Type.Object({
  id: Type.String(),
  programme: Type.String(),
  /** `action:newPage`, `success:tone=warm` */
  subject: Type.String(),
  metric: Type.String(),
  mean: Type.Number(),
  sd: Type.Number(),
  /** Outcomes it rests on. */
  count: Type.Integer(),
  updatedAt: Instant,
});
export type Learning = Static<typeof Learning>;

export const listLearnings = endpoint({
  method: 'GET',
  url: '/marketing/learnings',
  access: 'marketing:read',
  querystring: Type.Object({
    programme: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer()),
  }),
  response: { 200: listOf(Learning) },
});
