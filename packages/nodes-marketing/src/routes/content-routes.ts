import { defineRoute } from '@millrace/workflow/node-api';
import { content, schedule } from '../tables/content.ts';
import { trends, TREND_STAGES } from '../tables/trends.ts';
import { MarketingInvalidError } from './invalid.error.ts';
import { listSchema, rowSchema } from './row-schema.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;
const DATE = {
  type: 'string',
  pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$`,
} as const;

const PIECE_COLUMNS = ['id', 'kind', 'title', 'status', 'priority', 'scores', 'madeBy'] as const;
const SLOT = rowSchema(schedule);
const CALENDAR_RESPONSE = {
  type: 'object',
  properties: {
    from: { type: 'integer', description: 'ms since 1970' },
    to: { type: 'integer', description: 'ms since 1970; itself not included' },
    data: {
      type: 'array',
      items: {
        ...SLOT,
        properties: {
          ...SLOT.properties,
          content: { anyOf: [rowSchema(content, [...PIECE_COLUMNS]), { type: 'null' }] },
        },
      },
    },
  },
  required: ['from', 'to', 'data'],
};

/** What goes out when and where, in order of time. */
export const showCalendar = defineRoute({
  method: 'GET',
  url: '/workflows/content/calendar',
  access: 'marketing:read',
  summary: 'Planned and published pieces between two times; the next 30 days when none are named',
  query: {
    type: 'object',
    properties: {
      from: { ...DATE, description: 'Date or time; a date counts from its first moment in UTC' },
      to: { ...DATE, description: 'Date or time; a date is included' },
      channel: { type: 'string' },
    },
  },
  response: CALENDAR_RESPONSE,
  handler: async ({ query, tables, now }) => {
    const from = query.from === undefined ? now() : Date.parse(query.from);
    const to = query.to === undefined ? from + SHOWN_DAYS * DAY_MS : endOf(query.to);
    checkSpan(query, { from, to });
    const slots = await tables.open(schedule).find({
      where: {
        plannedAt: { gte: from, lt: to },
        state: { not: 'canceled' },
        ...(query.channel && { channel: query.channel }),
      },
      orderBy: { plannedAt: 'asc', id: 'asc' },
      limit: 1000,
    });
    const pieces = await tables.open(content).find({
      where: { id: { in: slots.map(({ contentId }) => contentId) } },
      columns: PIECE_COLUMNS,
    });
    const byId = new Map(pieces.map((piece) => [piece.id, piece]));
    return {
      from,
      to,
      data: slots.map((slot) => ({ ...slot, content: byId.get(slot.contentId) ?? null })),
    };
  },
});

function checkSpan(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  { from, to }: { readonly from: number; readonly to: number },
): void {
  for (const [name, at] of Object.entries({ from, to }))
    if (!Number.isFinite(at))
      throw new MarketingInvalidError(
        `"${name}" is ${name === 'from' ? asked.from : asked.to}, a day that does not exist`,
        'Write it as 2026-11-21 or 2026-11-21T09:00:00Z',
      );
  if (to <= from)
    throw new MarketingInvalidError(
      `"to" (${new Date(to).toISOString()}) is not after "from" (${new Date(from).toISOString()})`,
      'Give a "to" that is later than "from"',
    );
}

/** A date alone means the whole day. */
const endOf = (text: string): number => Date.parse(text) + (text.includes('T') ? 0 : DAY_MS);

/** What people begin to talk about, the nearest to the business first. */
export const listTrending = defineRoute({
  method: 'GET',
  url: '/workflows/content/trending',
  access: 'marketing:read',
  summary: 'Trends of a stage (emerging when none is named), the nearest to the business first',
  query: {
    type: 'object',
    properties: {
      stage: { type: 'string', enum: TREND_STAGES },
      minRelevance: { type: 'number', minimum: 0, maximum: 1 },
      limit: { type: 'integer', minimum: 1, maximum: 500 },
      offset: { type: 'integer', minimum: 0 },
    },
  },
  response: listSchema(rowSchema(trends)),
  handler: async ({ query, tables }) => {
    const { stage = 'emerging', minRelevance, limit = 100, offset = 0 } = query;
    const where = {
      stage,
      readAt: { isNull: false },
      ...(minRelevance !== undefined && { relevance: { gte: minRelevance } }),
    };
    const store = tables.open(trends);
    const [data, total] = await Promise.all([
      store.find({
        where,
        orderBy: { relevance: 'desc', growth: 'desc', id: 'asc' },
        limit,
        offset,
      }),
      store.count(where),
    ]);
    return { data, total };
  },
});
