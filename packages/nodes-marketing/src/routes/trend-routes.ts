import { defineRoute } from '@millrace/workflow/node-api';
import { findBursts } from '../stats/trends/bursts.ts';
import { trendPoints } from '../tables/trends.ts';

const MOST_TRENDS = 100;
const POINTS_EACH = 400;

const POINT = {
  type: 'object',
  properties: { at: { type: 'integer', description: 'ms since 1970' }, value: { type: 'number' } },
  required: ['at', 'value'],
} as const;

/** The course of several trends, to be drawn small beside their names. */
export const listTrendSeries = defineRoute({
  method: 'GET',
  url: '/trends/series',
  access: 'marketing:read',
  summary: 'Interest over time of up to 100 trends, with the bursts in each',
  query: {
    type: 'object',
    properties: { ids: { type: 'string', description: 'Ids of trends, with commas between' } },
    required: ['ids'],
  },
  response: {
    type: 'object',
    properties: {
      data: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            trendId: { type: 'string' },
            points: { type: 'array', items: POINT },
            bursts: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  startAt: { type: 'integer' },
                  endAt: { type: 'integer' },
                  weight: { type: 'number' },
                  isOpen: { type: 'boolean' },
                },
                required: ['startAt', 'endAt', 'weight', 'isOpen'],
              },
            },
          },
          required: ['trendId', 'points', 'bursts'],
        },
      },
    },
    required: ['data'],
  },
  async handler({ query, tables }) {
    const ids = [...new Set(query.ids.split(',').filter(Boolean))].slice(0, MOST_TRENDS);
    const rows = await tables.open(trendPoints).find({
      where: { trendId: { in: ids } },
      columns: ['trendId', 'at', 'value'],
      orderBy: { at: 'desc' },
      limit: POINTS_EACH * Math.max(1, ids.length),
    });
    const series = Map.groupBy(rows.toReversed(), ({ trendId }) => trendId);
    return {
      data: ids.map((trendId) => {
        const points = (series.get(trendId) ?? []).map(({ at, value }) => ({ at, value }));
        return { trendId, points, bursts: burstsOf(points) };
      }),
    };
  },
});

const burstsOf = (points: readonly { readonly at: number; readonly value: number }[]) =>
  findBursts(points.map(({ value }) => Math.max(0, value))).map(
    ({ start, end, weight, isOpen }) => ({
      startAt: points[start]?.at ?? 0,
      endAt: points[end]?.at ?? 0,
      weight,
      isOpen,
    }),
  );
