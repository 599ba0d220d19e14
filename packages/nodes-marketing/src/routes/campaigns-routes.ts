import { defineRoute, type JsonSchema } from '@millrace/workflow/node-api';
import { DECISIONS, decideCampaign } from '../programmes/campaigns/decide-campaign.ts';
import {
  consolidatedRoi,
  portfolio,
  PORTFOLIO_COLUMNS,
} from '../programmes/campaigns/portfolio.ts';
import { campaigns } from '../tables/campaigns.ts';
import { rowSchema } from './row-schema.ts';

const MONEY = { type: 'number' } as const;
const MAYBE = { anyOf: [MONEY, { type: 'null' }] } as const;

const flowSchema = (more: Readonly<Record<string, JsonSchema>> = {}) => ({
  type: 'object',
  properties: { ...more, cost: MONEY, value: MONEY, roi: MAYBE },
  required: [...Object.keys(more), 'cost', 'value', 'roi'],
});

/** What a portfolio looks like from outside. */
export const PORTFOLIO = {
  type: 'object',
  properties: {
    campaigns: { type: 'array', items: rowSchema(campaigns, [...PORTFOLIO_COLUMNS]) },
    byStatus: {
      type: 'array',
      items: {
        type: 'object',
        properties: { status: { type: 'string' }, count: { type: 'integer' }, budget: MAYBE },
        required: ['status', 'count', 'budget'],
      },
    },
    total: {
      type: 'object',
      properties: { spend: MONEY, revenue: MONEY, roi: MAYBE, roiLow: MAYBE, roiHigh: MAYBE },
      required: ['spend', 'revenue', 'roi', 'roiLow', 'roiHigh'],
    },
  },
  required: ['campaigns', 'byStatus', 'total'],
} as const;

/** Campaigns with what was predicted, what they returned, and how sure that is. */
export const showPortfolio = defineRoute({
  method: 'GET',
  url: '/workflows/campaigns/portfolio',
  access: 'marketing:read',
  summary: 'All campaigns with their returns, the doubt about them, and their sum',
  query: {
    type: 'object',
    properties: { limit: { type: 'integer', minimum: 1, maximum: 500 } },
  },
  response: PORTFOLIO,
  handler: ({ query, tables }) => portfolio(tables, query.limit),
});

/** What all money spent brought: of the sums. */
export const showRoi = defineRoute({
  method: 'GET',
  url: '/workflows/campaigns/roi',
  access: 'marketing:read',
  summary: 'Return of everything spent (of the sums), by channel and by campaign',
  query: {
    type: 'object',
    properties: { since: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } },
  },
  response: {
    type: 'object',
    properties: {
      ...flowSchema().properties,
      byChannel: { type: 'array', items: flowSchema({ channel: { type: 'string' } }) },
      byCampaign: { type: 'array', items: flowSchema({ campaignId: { type: 'string' } }) },
    },
    required: ['cost', 'value', 'roi', 'byChannel', 'byCampaign'],
  },
  handler: ({ query, tables }) => consolidatedRoi(tables, query.since),
});

/** A person's word on a campaign. */
export const changeCampaign = defineRoute({
  method: 'PATCH',
  url: '/campaigns/:id',
  access: 'marketing:run',
  summary: 'Approves, pauses, resumes, finishes or drops a campaign',
  params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  body: {
    type: 'object',
    properties: { decision: { enum: DECISIONS } },
    required: ['decision'],
    additionalProperties: false,
  },
  response: rowSchema(campaigns),
  handler: ({ params, body, tables, caller, now }) =>
    decideCampaign(tables, params.id, {
      decision: body.decision,
      by: caller.userId,
      now: now(),
    }),
});
