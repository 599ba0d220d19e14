import { NotFoundError } from '@millrace/workflow/errors';
import { defineRoute } from '@millrace/workflow/node-api';
import { outreachMessages, outreachThreads } from '../tables/outreach.ts';
import { listSchema, rowSchema } from './row-schema.ts';

const STATES = [
  'queued',
  'waiting',
  'replied',
  'bounced',
  'unsubscribed',
  'won',
  'ended',
  'paused',
] as const;

/** All but the token: who shows that one is the contact. */
export const THREAD_COLUMNS = [
  'id',
  'campaign',
  'prospectId',
  'email',
  'name',
  'subject',
  'body',
  'variables',
  'step',
  'followUps',
  'maxFollowUps',
  'dueAt',
  'deadlineAt',
  'zone',
  'state',
  'outcome',
  'createdAt',
  'updatedAt',
] as const;
const MESSAGE_COLUMNS = [
  'id',
  'direction',
  'step',
  'subject',
  'text',
  'state',
  'kind',
  'error',
  'at',
] as const;

/** Talks with contacts, in one state or in any. */
export const listThreads = defineRoute({
  method: 'GET',
  url: '/threads',
  access: 'marketing:read',
  summary: 'Outreach threads in any state, the latest change first',
  query: {
    type: 'object',
    properties: {
      state: { type: 'string', enum: STATES },
      limit: { type: 'integer', minimum: 1, maximum: 500 },
      offset: { type: 'integer', minimum: 0 },
    },
  },
  response: listSchema(rowSchema(outreachThreads, [...THREAD_COLUMNS])),
  async handler({ query: { state, limit = 100, offset = 0 }, tables }) {
    const store = tables.open(outreachThreads);
    const where = state ? { state } : {};
    const [data, total] = await Promise.all([
      store.find({
        where,
        columns: THREAD_COLUMNS,
        orderBy: { updatedAt: 'desc', id: 'asc' },
        limit,
        offset,
      }),
      store.count(where),
    ]);
    return { data, total };
  },
});

/** What was written and answered. */
export const listMessages = defineRoute({
  method: 'GET',
  url: '/threads/:id/messages',
  access: 'marketing:read',
  summary: 'Mails of a thread, ours and theirs, the oldest first',
  params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  response: listSchema(rowSchema(outreachMessages, [...MESSAGE_COLUMNS])),
  async handler({ params: { id }, tables }) {
    if (!(await tables.open(outreachThreads).findOne({ id })))
      throw new NotFoundError('outreach thread', id);
    const data = await tables.open(outreachMessages).find({
      where: { threadId: id },
      columns: MESSAGE_COLUMNS,
      orderBy: { at: 'asc', id: 'asc' },
      limit: 200,
    });
    return { data, total: data.length };
  },
});
