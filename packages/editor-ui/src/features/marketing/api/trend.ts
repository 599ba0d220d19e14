import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { Instant, listOf, maybe } from './shapes.ts';

export const stages = ['emerging', 'peak', 'declining', 'seasonal', 'flat'] as const;
export type Stage = (typeof stages)[number];

/** A subject whose interest is followed. */
export const Trend = Type.Object({
  id: Type.String(),
  term: Type.String(),
  source: Type.String(),
  geo: Type.String(),
  stage: Type.Union([
    Type.Literal('emerging'),
    Type.Literal('peak'),
    Type.Literal('declining'),
    Type.Literal('seasonal'),
    Type.Literal('flat'),
  ]),
  stageSince: maybe(Instant),
  /** Likeness to the business, 0–1. */
  relevance: maybe(Type.Number()),
  /** Change of ln interest a day. */
  growth: maybe(Type.Number()),
  isViral: Type.Boolean(),
  viralCoefficient: maybe(Type.Number()),
  hoursToPeak: maybe(Type.Number()),
});
export type Trend = Static<typeof Trend>;

/** How interest in a trend went, and when it burst. */
export const TrendSeries = Type.Object({
  trendId: Type.String(),
  points: Type.Array(Type.Object({ at: Instant, value: Type.Number() })),
  bursts: Type.Array(
    Type.Object({
      startAt: Instant,
      endAt: Instant,
      weight: Type.Number(),
      isOpen: Type.Boolean(),
    }),
  ),
});
export type TrendSeries = Static<typeof TrendSeries>;

export const listTrending = endpoint({
  method: 'GET',
  url: '/marketing/workflows/content/trending',
  access: 'marketing:read',
  querystring: Type.Object({
    stage: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer()),
  }),
  response: { 200: listOf(Trend) },
});

export const listTrendSeries = endpoint({
  method: 'GET',
  url: '/marketing/trends/series',
  access: 'marketing:read',
  querystring: Type.Object({ ids: Type.String() }),
  response: { 200: Type.Object({ data: Type.Array(TrendSeries) }) },
});
