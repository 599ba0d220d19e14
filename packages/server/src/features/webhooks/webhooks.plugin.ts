import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { repeat } from '../../runtime/index.ts';
import { acceptBodies } from './body.ts';
import { takeCall } from './calls.ts';
import { preflightHeaders } from './cross-origin.ts';
import { publishedDoors, testDoors, type Doors, type DoorServices } from './doors.ts';
import { sendAnswer } from './send-answer.ts';
import { trimSlashes } from './suffix.ts';
import { waitingRoutes, type WaitingServices } from './waiting.ts';
import { webhookContext } from './webhook-context.ts';
import { toWebhookRequest } from './webhook-request.ts';

export interface WebhookServices extends DoorServices, WaitingServices {}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const SWEEP_MS = 5000;

/** The addresses of workflows: published ones, drafts under test, executions that wait. */
export const webhooksPlugin: FastifyPluginAsync<WebhookServices> = async (app, services) => {
  const { runtime, routeTable, keptCalls } = services;
  const { logger } = runtime.options;
  const stopListening = runtime.bus.subscribe(
    (event) => {
      if (event.type !== 'execution-finished') routeTable.invalidate();
      else if (event.status === 'waiting')
        keptCalls
          .replay(event.executionId)
          .catch((error: unknown) => logger.error('A kept call failed', { error: String(error) }));
    },
    ['workflow-changed', 'triggers-changed', 'execution-finished'],
  );
  const stopSweeping = repeat('Calls kept for pauses', {
    everyMs: SWEEP_MS,
    logger,
    work: () => keptCalls.sweep(),
  });
  app.addHook('onClose', async () => {
    stopListening();
    await stopSweeping();
  });

  // Requests are not logged one by one, so none needs a logger of its own.
  app.setChildLoggerFactory((parent) => parent);
  await acceptBodies(app);
  doorRoutes(app, services, publishedDoors(services, 'webhook'));
  doorRoutes(app, services, testDoors(services, 'webhook'));
  waitingRoutes(app, services);
};

interface Asked {
  readonly Params: { readonly '*': string };
}

function doorRoutes(app: FastifyInstance, services: WebhookServices, doors: Doors): void {
  const url = `${doors.prefix}/*`;
  app.route<Asked>({
    method: METHODS,
    url,
    config: { access: 'public' },
    exposeHeadRoute: false,
    async handler(request, reply) {
      const path = trimSlashes(request.params['*']);
      const door = await doors.find(request.method, path);
      if (!door) return sendAnswer(reply, await doors.missing(request.method, path));
      const { params } = door;
      const asked = await toWebhookRequest(request, { params, runtime: services.runtime });
      return sendAnswer(reply, await takeCall(services, door, asked));
    },
  });
  app.route<Asked>({
    method: 'OPTIONS',
    url,
    config: { access: 'public' },
    async handler(request, reply) {
      const methods = await doors.methodsAt(trimSlashes(request.params['*']));
      const allowed = await allowedOrigins(request, services, doors);
      const { origin, 'access-control-request-headers': wantedHeaders } = request.headers;
      const headers = preflightHeaders({ origin, allowed, methods, wantedHeaders });
      return reply.code(204).headers(headers).send();
    },
  });
}

/** What the node that will be called says of pages of other origins. */
async function allowedOrigins(
  request: FastifyRequest<Asked>,
  services: WebhookServices,
  doors: Doors,
): Promise<unknown> {
  const method = request.headers['access-control-request-method'] ?? 'GET';
  const door = await doors.find(method, trimSlashes(request.params['*']));
  if (!door) return undefined;
  const asked = await toWebhookRequest(request, { params: door.params, runtime: services.runtime });
  return webhookContext(door, { ...services, request: asked }).param('options.allowedOrigins', 0, {
    fallback: undefined,
  });
}
