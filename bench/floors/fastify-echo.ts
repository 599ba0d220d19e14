/** The floor of the webhook rows: a bare Fastify that parses JSON and sends it back. */
import { createRequire } from 'node:module';
import type * as FastifyModule from 'fastify';

const { fastify }: typeof FastifyModule = createRequire(
  new URL('../../packages/server/package.json', import.meta.url),
)('fastify');

const app = fastify();
app.get('/up', async () => ({}));
app.post('/echo', async ({ body }) => body);
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
