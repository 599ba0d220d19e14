import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';

/**
 * `/api/v1/openapi.json`, made from the same schemas that check requests, and `/api/v1/docs` to read
 * it. Both are public; the library adds routes of its own, so this comes before the access plugin.
 */
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
      // Pages and the addresses of workflows are not part of the API.
      transform: ({ schema, url }) => ({
        schema: url.startsWith('/api/v1/') ? schema : { ...schema, hide: true },
        url,
      }),
    });

    await app.register(swaggerUi, { routePrefix: '/api/v1/docs', staticCSP: false });
    app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  },
  { name: 'openapi', fastify: '5.x' },
);
