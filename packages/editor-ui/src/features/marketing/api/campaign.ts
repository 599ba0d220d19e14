import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, maybe } from './shapes.ts';

const MaybeNumber = maybe(Type.Number());

/** A campaign with what was predicted and what came. Returns are shares: 1.5 is 150 %. */
export const Campaign = Type.Object({
  id: Type.String(),
  name: Type.String(),
  objective: Type.String(),
  channels: Type.Array(Type.String()),
  status: Type.Union([
    Type.Literal('designed'),
    Type.Literal('running'),
    Type.Literal('paused'),
    Type.Literal('finished'),
    Type.Literal('dropped'),
  ]),
  statusReason: maybe(Type.String()),
  budget: Type.Number(),
  /** Money a day on each channel, from the next day on. */
  dailyBudgets: maybe(Type.Record(Type.String(), Type.Number())),
  predictedRoi: MaybeNumber,
  predictedLow: MaybeNumber,
  predictedHigh: MaybeNumber,
  spend: MaybeNumber,
  revenue: MaybeNumber,
  roi: MaybeNumber,
  roiLow: MaybeNumber,
  roiHigh: MaybeNumber,
  alerts: maybe(Type.Array(Type.String())),
  approvedAt: maybe(Instant),
  startsAt: maybe(Instant),
  endsAt: maybe(Instant),
});
export type Campaign = Static<typeof Campaign>;

/** All campaigns and what they are together. */
export const Portfolio = Type.Object({
  campaigns: Type.Array(Campaign),
  byStatus: Type.Array(
    Type.Object({ status: Type.String(), count: Type.Integer(), budget: MaybeNumber }),
  ),
  total: Type.Object({
    spend: Type.Number(),
    revenue: Type.Number(),
    roi: MaybeNumber,
    roiLow: MaybeNumber,
    roiHigh: MaybeNumber,
  }),
});
export type Portfolio = Static<typeof Portfolio>;

export const getPortfolio = endpoint({
  method: 'GET',
  url: '/marketing/workflows/campaigns/portfolio',
  access: 'marketing:read',
  querystring: Type.Object({ limit: Type.Optional(Type.Integer()) }),
  response: { 200: Portfolio },
});

const Flow = { cost: Type.Number(), value: Type.Number(), roi: MaybeNumber };

export const getRoi = endpoint({
  method: 'GET',
  url: '/marketing/workflows/campaigns/roi',
  access: 'marketing:read',
  querystring: Type.Object({ since: Type.Optional(Type.String()) }),
  response: {
    200: Type.Object({
      ...Flow,
      byChannel: Type.Array(Type.Object({ channel: Type.String(), ...Flow })),
    }),
  },
});

/** A person's word on a campaign. */
export const decisions = ['approve', 'pause', 'resume', 'finish', 'drop'] as const;
export type Decision = (typeof decisions)[number];

export const decideCampaign = endpoint({
  method: 'PATCH',
  url: '/marketing/campaigns/:id',
  access: 'marketing:run',
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ decision: Type.String() }),
  response: { 200: Type.Object({ id: Type.String() }) },
});
