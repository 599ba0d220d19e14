import { createApiKey, deleteApiKey, listApiKeys } from '@millrace/api';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { ApiKeyService } from './api-keys.service.ts';

/** API keys: what programs sign in with. Everyone has their own. */
export const apiKeysPlugin: Feature<{ apiKeys: ApiKeyService; audit: AuditService }> = async (
  app,
  { apiKeys, audit },
) => {
  app.route({ ...on(listApiKeys), handler: (request) => apiKeys.list(callerOf(request)) });

  app.route({
    ...on(createApiKey),
    handler: async (request, reply) => {
      const key = await apiKeys.create(callerOf(request), request.body);
      await audit.record(callerOf(request), 'api-key.create', key.id);
      return reply.code(201).send(key);
    },
  });

  app.route({
    ...on(deleteApiKey),
    handler: async (request, reply) => {
      await apiKeys.remove(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'api-key.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });
};
