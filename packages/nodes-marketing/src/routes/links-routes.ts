import { defineRoute } from '@millrace/workflow/node-api';
import { PROSPECT_KINDS, prospects } from '../tables/links.ts';
import { outreachThreads } from '../tables/outreach.ts';
import { listSchema, rowSchema } from './row-schema.ts';
import { THREAD_COLUMNS } from './thread-routes.ts';

const PAGE = {
  limit: { type: 'integer', minimum: 1, maximum: 500 },
  offset: { type: 'integer', minimum: 0 },
} as const;

const QUEUE = listSchema(rowSchema(outreachThreads, [...THREAD_COLUMNS]));
const QUEUE_RESPONSE = {
  ...QUEUE,
  properties: {
    ...QUEUE.properties,
    campaigns: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          campaign: { type: 'string' },
          state: { type: 'string' },
          threads: { type: 'integer' },
        },
        required: ['campaign', 'state', 'threads'],
      },
    },
  },
  required: [...QUEUE.required, 'campaigns'],
};

/** Where links may be won, the best first. */
export const listLinkOpportunities = defineRoute({
  method: 'GET',
  url: '/workflows/links/opportunities',
  access: 'marketing:read',
  summary: 'Sites and journalists a link may be won from, by worth for an hour of work',
  query: {
    type: 'object',
    properties: { ...PAGE, kind: { type: 'string', enum: PROSPECT_KINDS } },
  },
  response: listSchema(rowSchema(prospects)),
  handler: async ({ query, tables }) => {
    const { limit = 100, offset = 0, kind } = query;
    const where = { status: 'new' as const, score: { gt: 0 }, ...(kind && { kind }) };
    const store = tables.open(prospects);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { score: 'desc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});

/** Mails that are still to go out, the next first, and how many threads each campaign has in each state. */
export const listOutreachQueue = defineRoute({
  method: 'GET',
  url: '/workflows/links/outreach-queue',
  access: 'marketing:read',
  summary: 'First mails and follow-ups that are still to go out, and the state of every campaign',
  query: { type: 'object', properties: { ...PAGE, campaign: { type: 'string' } } },
  response: QUEUE_RESPONSE,
  handler: async ({ query, tables }) => {
    const { limit = 100, offset = 0, campaign } = query;
    const own = campaign ? { campaign } : {};
    const where = {
      ...own,
      state: { in: ['queued', 'waiting'] as const },
      dueAt: { isNull: false },
    };
    const store = tables.open(outreachThreads);
    const [data, total, states] = await Promise.all([
      store.find({
        where,
        columns: THREAD_COLUMNS,
        orderBy: { dueAt: 'asc', id: 'asc' },
        limit,
        offset,
      }),
      store.count(where),
      store.groupBy({ by: ['campaign', 'state'], figures: { threads: 'count' }, where: own }),
    ]);
    return { data, total, campaigns: states };
  },
});
