import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, JobStarted, maybe } from './shapes.ts';
import { Learning } from './learning.ts';

/** The programmes, in the order they are shown. */
export const programmes = ['seo', 'content', 'links', 'campaigns'] as const;
export const Programme = Type.Union([
  Type.Literal('seo'),
  Type.Literal('content'),
  Type.Literal('links'),
  Type.Literal('campaigns'),
]);
export type Programme = Static<typeof Programme>;

/** What a run goes through, in order. */
export const phases = ['analysing', 'planning', 'executing', 'learning', 'completed'] as const;
export const Phase = Type.Union([
  Type.Literal('idle'),
  Type.Literal('analysing'),
  Type.Literal('planning'),
  Type.Literal('executing'),
  Type.Literal('learning'),
  Type.Literal('completed'),
  Type.Literal('failed'),
]);
export type Phase = Static<typeof Phase>;

/** One go of a programme. */
export const ProgrammeRun = Type.Object({
  id: Type.String(),
  phase: Phase,
  /** Null when it is over. */
  open: maybe(Type.String()),
  trigger: Type.String(),
  progress: Type.Number(),
  figures: maybe(Type.Record(Type.String(), Type.Number())),
  error: maybe(Type.String()),
  isStopped: Type.Boolean(),
  startedAt: Instant,
  finishedAt: maybe(Instant),
});
export type ProgrammeRun = Static<typeof ProgrammeRun>;

/** State and past of one programme. */
export const ProgrammeStatus = Type.Object({
  programme: Programme,
  state: Phase,
  run: maybe(ProgrammeRun),
  history: Type.Array(ProgrammeRun),
  plans: Type.Record(Type.String(), Type.Integer()),
  learnings: Type.Array(Learning),
});
export type ProgrammeStatus = Static<typeof ProgrammeStatus>;

/** How a programme is, and what is in its way. */
export const ProgrammeHealth = Type.Object({
  programme: Programme,
  status: Type.Union([
    Type.Literal('neverRan'),
    Type.Literal('running'),
    Type.Literal('stuck'),
    Type.Literal('stopped'),
    Type.Literal('ok'),
    Type.Literal('failed'),
  ]),
  phase: Phase,
  progress: Type.Number(),
  lastSuccessAt: maybe(Instant),
  isEnabled: Type.Boolean(),
  priority: Type.Integer(),
  problems: Type.Array(Type.Object({ problem: Type.String(), fix: Type.String() })),
});
export type ProgrammeHealth = Static<typeof ProgrammeHealth>;

/** One endpoint a programme: the name is a part of the address, not a parameter. */
export const getStatus = (programme: Programme) =>
  endpoint({
    method: 'GET',
    url: `/marketing/workflows/${programme}/status`,
    access: 'marketing:read',
    response: { 200: ProgrammeStatus },
  });

export const startProgramme = (programme: Programme) =>
  endpoint({
    method: 'POST',
    url: `/marketing/workflows/${programme}/run`,
    access: 'marketing:run',
    body: Type.Object({}),
    response: { 202: JobStarted },
  });

export const getHealth = endpoint({
  method: 'GET',
  url: '/marketing/workflows/health',
  access: 'marketing:read',
  response: {
    200: Type.Object({
      status: Type.Union([Type.Literal('ok'), Type.Literal('attention')]),
      programmes: Type.Array(ProgrammeHealth),
      handoffsOverdue: Type.Integer(),
    }),
  },
});

export const startAll = endpoint({
  method: 'POST',
  url: '/marketing/workflows/start-all',
  access: 'marketing:run',
  body: Type.Object({}),
  response: { 202: Type.Object({ started: Type.Array(Type.Object({ programme: Programme })) }) },
});

export const stopAll = endpoint({
  method: 'POST',
  url: '/marketing/workflows/stop-all',
  access: 'marketing:run',
  body: Type.Object({}),
  response: { 200: Type.Object({ canceledJobs: Type.Array(Type.String()) }) },
});
