import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, listOf, maybe } from './shapes.ts';

/** What a programme decided to do, and what came of it. */
export const Plan = Type.Object({
  id: Type.String(),
  programme: Type.String(),
  title: Type.String(),
  kind: Type.String(),
  priority: Type.Number(),
  steps: Type.Array(Type.String()),
  /** Why, in the programme's own words and figures. */
  details: maybe(Type.Record(Type.String(), Type.Unknown())),
  learningIds: maybe(Type.Array(Type.String())),
  status: Type.Union([
    Type.Literal('planned'),
    Type.Literal('executing'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('skipped'),
  ]),
  /** 1 is as expected. */
  outcome: maybe(Type.Number()),
  createdAt: Instant,
});
export type Plan = Static<typeof Plan>;

export const listPlans = endpoint({
  method: 'GET',
  url: '/marketing/plans',
  access: 'marketing:read',
  querystring: Type.Object({
    programme: Type.Optional(Type.String()),
    status: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
  }),
  response: { 200: listOf(Plan) },
});
