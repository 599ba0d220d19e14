import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config/index.ts';
import { apiKeysPlugin } from './features/api-keys/index.ts';
import { auditPlugin } from './features/audit/index.ts';
import { authPlugin, createAuthenticate } from './features/auth/index.ts';
import { credentialsPlugin } from './features/credentials/index.ts';
import { dataRowsPlugin, dataTablesPlugin } from './features/data-tables/index.ts';
import { executionsPlugin } from './features/executions/index.ts';
import { llmPlugin } from './features/llm/index.ts';
import { formsPlugin } from './features/forms/index.ts';
import { nodeTypesPlugin } from './features/node-types/index.ts';
import { oauth2Plugin } from './features/oauth2/index.ts';
import { projectsPlugin } from './features/projects/index.ts';
import { pushPlugin } from './features/push/index.ts';
import { tagsPlugin } from './features/tags/index.ts';
import { templatesPlugin } from './features/templates/index.ts';
import { retentionPlugin } from './features/retention/index.ts';
import { usersPlugin } from './features/users/index.ts';
import { variablesPlugin } from './features/variables/index.ts';
import { webhooksPlugin } from './features/webhooks/index.ts';
import { workersPlugin } from './features/workers/index.ts';
import { workflowsPlugin } from './features/workflows/index.ts';
import { packageRoutesPlugin, packagesPlugin } from './packages/index.ts';
import {
  accessPlugin,
  createRequestRate,
  editorPlugin,
  errorsPlugin,
  healthPlugin,
  metricsPlugin,
  openapiPlugin,
  RateLimitedError,
  securityHeadersPlugin,
  validatorCompiler,
} from './platform/index.ts';
import type { Role } from './roles/index.ts';
import type { Services } from './services.ts';

export interface HttpServerOptions {
  readonly config: Config;
  readonly services: Services;
  readonly logger: Logger;
  readonly version: string;
  readonly editorFolder: string | undefined;
  readonly serves: Role['serves'];
}

const API_BODY_LIMIT_BYTES = 32 * 1024 * 1024;

/** The HTTP side: the platform's plugins, then every feature's routes. */
export async function buildHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { config, services, logger, version, editorFolder, serves } = options;
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: API_BODY_LIMIT_BYTES,
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));

  const knownScopes = new Set<string>();
  app.addHook('onRoute', ({ config: route }) => {
    if (route?.access && route.access !== 'public') knownScopes.add(route.access);
  });

  await app.register(errorsPlugin);
  await app.register(cookie);
  if (serves === 'all') {
    await app.register(openapiPlugin, { version });
    await app.register(editorPlugin, { folder: editorFolder });
  }
  await app.register(securityHeadersPlugin);
  const keyRate = createRequestRate(config.apiRatePerMinute);
  const authenticate = createAuthenticate({ ...services, keyRate });
  await app.register(accessPlugin, { authenticate });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => new RateLimitedError(Math.ceil(ttl / 1000)),
  });
  await app.register(healthPlugin, { dependencies: services.dependencies });
  if (config.metrics) await app.register(metricsPlugin, { registry: services.metrics });
  if (serves !== 'health') {
    await app.register(webhooksPlugin, services);
    await app.register(formsPlugin, services);
  }
  if (serves === 'all') await registerEditorRoutes(app, { config, services, version, knownScopes });
  return app;
}

/** What the editor and programs of users talk to. */
async function registerEditorRoutes(
  app: FastifyInstance,
  {
    config,
    services,
    version,
    knownScopes,
  }: Pick<HttpServerOptions, 'config' | 'services' | 'version'> & { knownScopes: Set<string> },
): Promise<void> {
  const isSecure = config.publicUrl.startsWith('https:');
  await app.register(
    async (api) => {
      await api.register(authPlugin, { ...services, version, isSecure, knownScopes });
      await api.register(usersPlugin, services);
      await api.register(retentionPlugin, services);
      await api.register(apiKeysPlugin, services);
      await api.register(projectsPlugin, services);
      await api.register(workflowsPlugin, services);
      await api.register(executionsPlugin, services);
      await api.register(credentialsPlugin, services);
      await api.register(oauth2Plugin, services);
      await api.register(llmPlugin, services);
      await api.register(nodeTypesPlugin, services);
      await api.register(workersPlugin, services);
      await api.register(templatesPlugin, services);
      await api.register(tagsPlugin, services);
      await api.register(variablesPlugin, services);
      await api.register(auditPlugin, services);
      await api.register(dataTablesPlugin, services);
      await api.register(dataRowsPlugin, services);
      await api.register(packagesPlugin, services);
      await api.register(packageRoutesPlugin, services);
    },
    { prefix: '/api/v1' },
  );
  await app.register(pushPlugin, {
    bus: services.runtime.bus,
    mayRead: (caller, workflowId) => services.workflows.find(caller, workflowId, 'viewer'),
  });
}
