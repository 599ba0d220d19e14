import { NotFoundError } from '@millrace/workflow/errors';
import { defineRoute } from '@millrace/workflow/node-api';
import { learnings, plans, PROGRAMMES } from '../tables/programmes.ts';
import { MarketingConflictError } from './conflict.error.ts';
import { listSchema, rowSchema } from './row-schema.ts';

const STATUSES = ['planned', 'executing', 'done', 'failed', 'skipped'] as const;
const PAGE = {
  limit: { type: 'integer', minimum: 1, maximum: 500 },
  offset: { type: 'integer', minimum: 0 },
} as const;

/** What the programmes decided to do, the most urgent first. */
export const listPlans = defineRoute({
  method: 'GET',
  url: '/plans',
  access: 'marketing:read',
  summary: 'Plans of the programmes, the highest priority first',
  query: {
    type: 'object',
    properties: { programme: { enum: PROGRAMMES }, status: { enum: STATUSES }, ...PAGE },
  },
  response: listSchema(rowSchema(plans)),
  async handler({ query, tables }) {
    const { programme, status, limit = 100, offset = 0 } = query;
    const where = { ...(programme && { programme }), ...(status && { status }) };
    const store = tables.open(plans);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { priority: 'desc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});

/** A person says how far a plan is, or what came of it. */
export const changePlan = defineRoute({
  method: 'PATCH',
  url: '/plans/:id',
  access: 'marketing:run',
  summary: 'Says how far a plan is, or what came of it: 1 is as expected, 2 twice as much',
  params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  body: {
    type: 'object',
    properties: {
      status: { enum: STATUSES },
      outcome: { type: 'number', minimum: 0, maximum: 3 },
    },
    minProperties: 1,
    additionalProperties: false,
  },
  response: rowSchema(plans),
  async handler({ params: { id }, body: { status, outcome }, tables }) {
    const store = tables.open(plans);
    const plan = await store.findOne({ id });
    if (!plan) throw new NotFoundError('plan', id);
    // Checked in the write itself: a run may learn from the plan at the same time.
    const changed = await store.update(
      { id, ...(outcome !== undefined && { learnedAt: null }) },
      {
        ...(outcome !== undefined && { outcome, status: 'done' as const }),
        ...(status && { status }),
      },
    );
    if (changed === 0)
      throw new MarketingConflictError(
        'The outcome of this plan has been learned from already',
        'Leave the outcome as it is; status can still be changed',
      );
    return (await store.findOne({ id })) ?? plan;
  },
});

/** What the programmes learned, the best known first. */
export const listLearnings = defineRoute({
  method: 'GET',
  url: '/learnings',
  access: 'marketing:read',
  summary: 'What the programmes learned, with its doubt; what rests on most comes first',
  query: {
    type: 'object',
    properties: { programme: { enum: PROGRAMMES }, metric: { type: 'string' }, ...PAGE },
  },
  response: listSchema(rowSchema(learnings)),
  async handler({ query, tables }) {
    const { programme, metric, limit = 100, offset = 0 } = query;
    const where = { ...(programme && { programme }), ...(metric && { metric }) };
    const store = tables.open(learnings);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { count: 'desc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});
