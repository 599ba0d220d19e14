import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';

/** `/api/v1/openapi.json`, made from the same schemas that check requests, and `/api/v1/docs` to read it. */
export const openapiPlugin = fp<{ version: string }>(
  async (app, { version }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Millrace', version, license: { name: 'Apache-2.0' } },
        components: {
          securitySchemes: {
            apiKey: { type: 'http', scheme: 'bearer' },
            session: { type: 'apiKey', in: 'cookie', name: 'millrace_session' },
          },
        },
        security: [{ apiKey: [] }, { session: [] }],
      },
      hideUntagged: false,
    });

    await app.register(async (docs) => {
      docs.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' };
      });
      await docs.register(swaggerUi, { routePrefix: '/api/v1/docs', staticCSP: false });
      docs.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
    });
  },
  { name: 'openapi', fastify: '5.x' },
);
