import fp from 'fastify-plugin';
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client';

export interface MetricsOptions {
  readonly registry: Registry;
}

/** `/metrics` for Prometheus: the process, and how long requests take by route. */
export const metricsPlugin = fp<MetricsOptions>(
  async (app, { registry }) => {
    collectDefaultMetrics({ register: registry });
    const durations = new Histogram({
      name: 'millrace_http_request_duration_seconds',
      help: 'Time to answer HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });

    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      durations.observe(
        { method: request.method, route, status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
      done();
    });

    app.get(
      '/metrics',
      { config: { access: 'public' }, schema: { hide: true } },
      async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
    );
  },
  { name: 'metrics', fastify: '5.x' },
);
