import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Portfolio } from './campaign.ts';
import { Learning } from './learning.ts';
import { ProgrammeHealth } from './programme.ts';
import { Instant, maybe } from './shapes.ts';

const MaybeNumber = maybe(Type.Number());

/** A clash of two programmes over one thing. */
export const Conflict = Type.Object({
  id: Type.String(),
  resource: Type.String(),
  winner: Type.String(),
  loser: Type.String(),
  reason: Type.String(),
  at: Instant,
});
export type Conflict = Static<typeof Conflict>;

/** Everything at a glance. */
export const Dashboard = Type.Object({
  tiles: Type.Object({
    keywords: Type.Integer(),
    quickWins: Type.Integer(),
    liveLinks: Type.Integer(),
    seoHealth: MaybeNumber,
    emergingTrends: Type.Integer(),
    plansOpen: Type.Integer(),
    mailsSent: Type.Integer(),
    replies: Type.Integer(),
    campaignsRunning: Type.Integer(),
    roi: MaybeNumber,
    handoffsWaiting: Type.Integer(),
  }),
  programmes: Type.Array(ProgrammeHealth),
  opportunities: Type.Array(
    Type.Object({
      id: Type.String(),
      text: Type.String(),
      volume: MaybeNumber,
      difficulty: MaybeNumber,
      position: MaybeNumber,
      score: MaybeNumber,
      expectedValue: MaybeNumber,
      isQuickWin: Type.Boolean(),
    }),
  ),
  trends: Type.Array(
    Type.Object({
      id: Type.String(),
      term: Type.String(),
      stage: Type.String(),
      relevance: MaybeNumber,
      growth: MaybeNumber,
      isViral: Type.Boolean(),
      hoursToPeak: MaybeNumber,
    }),
  ),
  outreach: Type.Object({
    days: Type.Integer(),
    sent: Type.Integer(),
    replies: Type.Integer(),
    bounces: Type.Integer(),
  }),
  campaigns: Portfolio,
  learnings: Type.Array(Learning),
  conflicts: Type.Array(Conflict),
  handoffs: Type.Object({ waiting: Type.Integer(), overdue: Type.Integer() }),
});
export type Dashboard = Static<typeof Dashboard>;

export const getDashboard = endpoint({
  method: 'GET',
  url: '/marketing/workflows/dashboard',
  access: 'marketing:read',
  response: { 200: Dashboard },
});
