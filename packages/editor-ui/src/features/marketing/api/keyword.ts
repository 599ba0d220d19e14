import { endpoint } from '@millrace/api';
import { Type, type Static } from 'typebox';
import { listOf, maybe } from './shapes.ts';

/** A search term with what was made of it. Null is not known, never zero. */
export const Keyword = Type.Object({
  id: Type.String(),
  text: Type.String(),
  cluster: Type.Optional(maybe(Type.String())),
  volume: maybe(Type.Number()),
  difficulty: maybe(Type.Number()),
  cpc: maybe(Type.Number()),
  position: maybe(Type.Number()),
  targetPosition: maybe(Type.Number()),
  expectedValue: maybe(Type.Number()),
  probability: maybe(Type.Number()),
  score: maybe(Type.Number()),
  isQuickWin: Type.Boolean(),
  status: Type.String(),
});
export type Keyword = Static<typeof Keyword>;

export const keywordSorts = ['text', 'position', 'volume', 'difficulty', 'score'] as const;
export type KeywordSort = (typeof keywordSorts)[number];

const KeywordQuery = Type.Object({
  limit: Type.Optional(Type.Integer()),
  offset: Type.Optional(Type.Integer()),
  search: Type.Optional(Type.String()),
  sort: Type.Optional(Type.String()),
  direction: Type.Optional(Type.String()),
});

export const listOpportunities = endpoint({
  method: 'GET',
  url: '/marketing/workflows/seo/opportunities',
  access: 'marketing:read',
  querystring: KeywordQuery,
  response: { 200: listOf(Keyword) },
});

export const listQuickWins = endpoint({
  method: 'GET',
  url: '/marketing/workflows/seo/quick-wins',
  access: 'marketing:read',
  querystring: KeywordQuery,
  response: { 200: listOf(Keyword) },
});
