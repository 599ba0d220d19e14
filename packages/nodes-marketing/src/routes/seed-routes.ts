import { defineRoute } from '@millrace/workflow/node-api';
import { JOB_RESPONSE } from './programme-routes.ts';

/** Fills the project with sample data in the background. */
export const fillWithSamples = defineRoute({
  method: 'POST',
  url: '/samples',
  access: 'marketing:run',
  summary: 'Fills the project with the data of an invented shop, in the background',
  body: {
    type: 'object',
    properties: {
      scale: { type: 'number', exclusiveMinimum: 0, maximum: 10 },
      seed: { type: 'integer' },
    },
  },
  response: JOB_RESPONSE,
  status: 202,
  handler: async ({ jobs, body }) => {
    const { id } = await jobs.start('marketing.seed', { ...body }, { single: true });
    return { jobId: id };
  },
});
