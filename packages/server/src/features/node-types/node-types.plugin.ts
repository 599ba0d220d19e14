import { getNodeType, listNodeTypes } from '@millrace/api';
import { NotFoundError } from '@millrace/workflow/errors';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { on, type Feature } from '../../platform/index.ts';

/** What nodes there are: the editor's creator and panels are drawn from this. */
export const nodeTypesPlugin: Feature<{ registry: NodeRegistry }> = async (app, { registry }) => {
  app.route({
    ...on(listNodeTypes),
    handler: () => ({ data: registry.list().map(({ description }) => description) }),
  });

  app.route({
    ...on(getNodeType),
    handler: ({ params, query }) => {
      const nodeType = registry.find(params.name, query.version);
      if (!nodeType) throw new NotFoundError('node type', params.name);
      return nodeType.description;
    },
  });
};
