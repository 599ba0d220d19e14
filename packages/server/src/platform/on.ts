import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Endpoint } from '@millrace/api';

/** A feature's routes: an encapsulated Fastify plugin that is handed the services it needs. */
export type Feature<Services extends object> = FastifyPluginAsyncTypebox<Services>;

/** The Fastify route options of an endpoint; add a `handler`. */
export const on = <const E extends Endpoint>({ method, url, access, ...schema }: E) => ({
  method,
  url,
  config: { access },
  schema,
});
