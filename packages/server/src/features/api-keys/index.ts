export { apiKeysPlugin } from './api-keys.plugin.ts';
export { createApiKeyService, type ApiKeyService } from './api-keys.service.ts';
