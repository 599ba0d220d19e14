import { NotFoundError } from '@millrace/workflow/errors';
import { defineRoute } from '@millrace/workflow/node-api';
import { listSchema, rowSchema } from '../routes/row-schema.ts';
import { agents, handoffs } from '../tables/handoffs.ts';
import { readContext } from './handoff-context.ts';
import { claimHandoff, closeHandoff, releaseHandoff } from './handoffs.ts';
import { wakeExecution } from './wake-execution.ts';

const STATES = ['ai', 'queued', 'human', 'closed'] as const;
const ID = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } as const;
const VERSION = {
  type: 'integer',
  minimum: 1,
  description: 'As read; refused when it changed since',
} as const;

const row = rowSchema(handoffs);
const CHANGED = {
  ...row,
  properties: { ...row.properties, resumed: { type: 'boolean' } },
  required: [...row.required, 'resumed'],
};

/** Talks by how long they wait. */
export const listHandoffs = defineRoute({
  method: 'GET',
  url: '/handoffs',
  access: 'marketing:read',
  summary: 'Talks that were handed over, the longest waiting first',
  query: {
    type: 'object',
    properties: {
      state: { enum: STATES },
      overdue: { type: 'boolean', description: 'Only those nobody answered in time' },
      contact: { type: 'string' },
      limit: { type: 'integer', minimum: 1, maximum: 500 },
      offset: { type: 'integer', minimum: 0 },
    },
  },
  response: listSchema(row),
  async handler({ query, tables, now }) {
    const { state, overdue, contact, limit = 100, offset = 0 } = query;
    const where = {
      and: [
        { ...(state && { state }), ...(contact && { contact }) },
        overdue === true ? { state: 'queued' as const, answerBy: { lt: now() } } : {},
      ],
    };
    const store = tables.open(handoffs);
    const [data, total] = await Promise.all([
      store.find({ where, orderBy: { requestedAt: 'asc', id: 'asc' }, limit, offset }),
      store.count(where),
    ]);
    return { data, total };
  },
});

/** Somebody takes a talk. */
export const claimRoute = defineRoute({
  method: 'POST',
  url: '/handoffs/:id/claim',
  access: 'marketing:run',
  summary: 'Takes a talk; one of several who try gets it, and bots are mute from then on',
  params: ID,
  body: {
    type: 'object',
    properties: {
      version: VERSION,
      agentId: { type: 'string', description: 'Who takes it; the caller when left out' },
    },
    required: ['version'],
  },
  response: CHANGED,
  async handler({ params: { id }, body, tables, workflows, caller, now }) {
    const changed = await claimHandoff(
      tables,
      { id, version: body.version },
      { agentId: body.agentId ?? caller.userId, now: now() },
    );
    return { ...changed, resumed: await wakeExecution(workflows, changed) };
  },
});

/** Somebody gives a talk back. */
export const releaseRoute = defineRoute({
  method: 'POST',
  url: '/handoffs/:id/release',
  access: 'marketing:run',
  summary: 'Gives a talk back to the queue',
  params: ID,
  body: {
    type: 'object',
    properties: { version: VERSION, reason: { type: 'string', minLength: 1 } },
    required: ['version', 'reason'],
  },
  response: row,
  handler: ({ params: { id }, body: { version, reason }, tables, caller, now }) =>
    releaseHandoff(tables, { id, version }, { by: caller.userId, reason, now: now() }),
});

/** A talk is over. */
export const closeRoute = defineRoute({
  method: 'POST',
  url: '/handoffs/:id/close',
  access: 'marketing:run',
  summary: 'Ends a talk; what was agreed is kept for the next',
  params: ID,
  body: {
    type: 'object',
    properties: {
      version: VERSION,
      outcome: { type: 'string' },
      context: { type: 'object', description: 'What was learned of the contact' },
    },
    required: ['version'],
  },
  response: CHANGED,
  async handler({ params: { id }, body, tables, workflows, caller, now }) {
    const changed = await closeHandoff(
      tables,
      { id, version: body.version },
      {
        by: caller.userId,
        outcome: body.outcome ?? null,
        ...(body.context && { context: readContext(body.context, 'person') }),
        now: now(),
      },
    );
    return { ...changed, resumed: await wakeExecution(workflows, changed) };
  },
});

/** Who takes talks. */
export const listAgents = defineRoute({
  method: 'GET',
  url: '/agents',
  access: 'marketing:read',
  summary: 'People and agents who take talks over',
  response: listSchema(rowSchema(agents)),
  async handler({ tables }) {
    const data = await tables.open(agents).find({ orderBy: { name: 'asc' } });
    return { data, total: data.length };
  },
});

/** Adds an agent, changes one, or says that they are there. */
export const saveAgent = defineRoute({
  method: 'PUT',
  url: '/agents/:name',
  access: 'marketing:run',
  summary:
    'Adds or changes who takes talks. Sent every minute at least, it says that they are there',
  params: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  body: {
    type: 'object',
    properties: {
      kind: { enum: ['human', 'ai'] },
      skills: { type: 'array', items: { type: 'string' } },
      capacity: { type: 'integer', minimum: 0, maximum: 1000 },
    },
    additionalProperties: false,
  },
  response: rowSchema(agents),
  async handler({ params: { name }, body, tables, now }) {
    const store = tables.open(agents);
    const before = await store.findOne({ name });
    const given = {
      name,
      kind: body.kind ?? before?.kind ?? 'human',
      skills: body.skills ?? before?.skills ?? [],
      capacity: body.capacity ?? before?.capacity ?? 5,
      heartbeatAt: now(),
    };
    await store.upsertMany([given], { by: ['name'] });
    const saved = await store.findOne({ name });
    if (!saved) throw new NotFoundError('agent', name);
    return saved;
  },
});
