import {
  deleteWorkflowRetention,
  getRetention,
  pruneNow,
  putRetention,
  putWorkflowRetention,
} from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { RetentionService } from './retention.service.ts';

/** How long executions are kept, and what they take up. */
export const retentionPlugin: Feature<{
  retention: RetentionService;
  audit: AuditService;
}> = async (app, { retention, audit }) => {
  app.route({ ...on(getRetention), handler: () => retention.state() });

  app.route({
    ...on(putRetention),
    handler: async (request) => {
      const rules = await retention.save(request.body);
      await audit.record(callerOf(request), 'retention.update', 'instance', rules);
      return rules;
    },
  });

  app.route({
    ...on(putWorkflowRetention),
    handler: async (request) => {
      const { params, body } = request;
      const rules = await retention.saveFor(callerOf(request), params.id, body);
      await audit.record(callerOf(request), 'retention.update', params.id, rules);
      return rules;
    },
  });

  app.route({
    ...on(deleteWorkflowRetention),
    handler: async (request, reply) => {
      await retention.removeFor(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'retention.remove', request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(pruneNow),
    handler: async (request) => {
      const result = await retention.prune();
      await audit.record(callerOf(request), 'retention.prune', 'instance', result);
      return result;
    },
  });
};
