import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, listOf, maybe } from './shapes.ts';

export const threadStates = [
  'queued',
  'waiting',
  'replied',
  'won',
  'paused',
  'bounced',
  'unsubscribed',
  'ended',
] as const;
export type ThreadState = (typeof threadStates)[number];

/** A talk with one contact. */
export const Thread = Type.Object({
  id: Type.String(),
  campaign: Type.String(),
  email: Type.String(),
  name: maybe(Type.String()),
  subject: Type.String(),
  body: Type.String(),
  variables: maybe(Type.Record(Type.String(), Type.String())),
  /** Mails sent so far. */
  step: Type.Integer(),
  followUps: maybe(Type.Array(Type.Object({ afterDays: Type.Number(), body: Type.String() }))),
  maxFollowUps: Type.Integer(),
  dueAt: maybe(Instant),
  state: Type.String(),
  outcome: maybe(Type.String()),
  updatedAt: Instant,
});
export type Thread = Static<typeof Thread>;

export const listOutreachQueue = endpoint({
  method: 'GET',
  url: '/marketing/workflows/links/outreach-queue',
  access: 'marketing:read',
  querystring: Type.Object({ limit: Type.Optional(Type.Integer()) }),
  response: {
    200: Type.Object({
      ...listOf(Thread).properties,
      campaigns: Type.Array(
        Type.Object({ campaign: Type.String(), state: Type.String(), threads: Type.Integer() }),
      ),
    }),
  },
});

/** One mail of a thread. */
export const Message = Type.Object({
  id: Type.String(),
  direction: Type.Union([Type.Literal('out'), Type.Literal('in')]),
  subject: maybe(Type.String()),
  text: maybe(Type.String()),
  state: Type.String(),
  kind: Type.String(),
  error: maybe(Type.String()),
  at: Instant,
});
export type Message = Static<typeof Message>;

export const listThreads = endpoint({
  method: 'GET',
  url: '/marketing/threads',
  access: 'marketing:read',
  querystring: Type.Object({
    state: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer()),
  }),
  response: { 200: listOf(Thread) },
});

export const listMessages = endpoint({
  method: 'GET',
  url: '/marketing/threads/:id/messages',
  access: 'marketing:read',
  params: Type.Object({ id: Type.String() }),
  response: { 200: listOf(Message) },
});
