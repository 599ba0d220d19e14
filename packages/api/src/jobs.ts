import { Type, type Static } from 'typebox';
import { endpoint } from './endpoint.ts';
import { IdParams, Instant, listOf, MaybeInstant } from './list.ts';

const AnyObject = Type.Object({}, { additionalProperties: true });

/** Long work of a package in the background. */
export const Job = Type.Object({
  id: Type.String(),
  name: Type.String(),
  projectId: Type.String(),
  status: Type.Union([
    Type.Literal('queued'),
    Type.Literal('running'),
    Type.Literal('success'),
    Type.Literal('error'),
    Type.Literal('canceled'),
  ]),
  input: AnyObject,
  /** How far it is, in the package's own words. */
  state: AnyObject,
  result: Type.Union([AnyObject, Type.Null()]),
  error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
  createdAt: Instant,
  startedAt: MaybeInstant,
  finishedAt: MaybeInstant,
});
export type Job = Static<typeof Job>;

/** The latest first, of one project: the caller's own when left out. */
export const listJobs = endpoint({
  method: 'GET',
  url: '/jobs',
  access: 'job:list',
  querystring: Type.Object({
    projectId: Type.Optional(Type.String({ maxLength: 64 })),
    name: Type.Optional(Type.String({ maxLength: 128 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 250, default: 50 })),
  }),
  response: { 200: listOf(Job) },
});

export const getJob = endpoint({
  method: 'GET',
  url: '/jobs/:id',
  access: 'job:read',
  params: IdParams,
  response: { 200: Job },
});

export const cancelJob = endpoint({
  method: 'POST',
  url: '/jobs/:id/cancel',
  access: 'job:cancel',
  params: IdParams,
  response: { 200: Job },
});
