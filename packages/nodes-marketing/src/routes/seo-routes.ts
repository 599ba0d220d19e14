import { defineRoute } from '@millrace/workflow/node-api';
import { keywords } from '../tables/keywords.ts';

const LIST_QUERY = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 500 },
    offset: { type: 'integer', minimum: 0 },
    search: { type: 'string', maxLength: 200 },
  },
} as const;

/** Keywords by what a better position is worth, the best first. */
export const listOpportunities = defineRoute({
  method: 'GET',
  url: '/workflows/seo/opportunities',
  access: 'marketing:read',
  summary: 'Keywords by the worth of a better position',
  query: LIST_QUERY,
  handler: async ({ query, tables }) => {
    const { limit = 100, offset = 0, search } = query;
    const where = { score: { gt: 0 }, ...(search && { text: { contains: search } }) };
    const store = tables.open(keywords);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { score: 'desc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});

/** Keywords that are easy, searched and within reach. */
export const listQuickWins = defineRoute({
  method: 'GET',
  url: '/workflows/seo/quick-wins',
  access: 'marketing:read',
  summary: 'Keywords with known low difficulty, enough volume and a rank within reach',
  query: LIST_QUERY,
  handler: async ({ query, tables }) => {
    const { limit = 100, offset = 0, search } = query;
    const where = { isQuickWin: true, ...(search && { text: { contains: search } }) };
    const store = tables.open(keywords);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { score: 'desc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});
