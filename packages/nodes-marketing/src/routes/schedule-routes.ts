import { defineRoute } from '@millrace/workflow/node-api';
import { moveSlot } from '../content-calendar/move-slot.ts';
import { schedule } from '../tables/content.ts';
import { rowSchema } from './row-schema.ts';

/** Another day or time for a planned piece. */
export const movePlanned = defineRoute({
  method: 'PATCH',
  url: '/schedule/:id',
  access: 'marketing:run',
  summary:
    'Moves a planned piece to another day or time on the clock of its channel; what is left out stays',
  params: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  body: {
    type: 'object',
    properties: {
      day: {
        type: 'string',
        pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`,
        description: 'Such as 2026-11-23',
      },
      time: {
        type: 'string',
        pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$`,
        description: 'Such as 09:30',
      },
    },
    minProperties: 1,
    additionalProperties: false,
  },
  response: rowSchema(schedule),
  handler: ({ params, body, tables, now }) => moveSlot(tables, params.id, { ...body, now: now() }),
});
