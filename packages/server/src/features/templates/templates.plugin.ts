import { applyTemplate, getTemplate, listTemplates } from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { TemplateService } from './templates.service.ts';

/** Ready-made workflows to start from. */
export const templatesPlugin: Feature<{ templates: TemplateService }> = async (
  app,
  { templates },
) => {
  app.route({ ...on(listTemplates), handler: () => ({ data: templates.list() }) });

  app.route({ ...on(getTemplate), handler: ({ params }) => templates.get(params.id) });

  app.route({
    ...on(applyTemplate),
    handler: async (request, reply) => {
      const workflow = await templates.use(callerOf(request), request.params.id, request.body);
      return reply.code(201).send(workflow);
    },
  });
};
