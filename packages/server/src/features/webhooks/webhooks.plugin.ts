import multipart from '@fastify/multipart';
import type { Evaluator } from '@millrace/workflow/expression';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '../../runtime/index.ts';
import { answerAtEnd, answerAtOnce, answerRules } from './answers.ts';
import { BodyError } from './body.error.ts';
import { BODY_LIMIT_BYTES, takeBodiesAsBytes } from './body.ts';
import { allowOrigin, preflight } from './cross-origin.ts';
import { createRouteTable, type RouteMatch, type RouteTable } from './route-table.ts';
import { toWebhookRequest } from './webhook-request.ts';
import { sendAnswer } from './send-answer.ts';
import { targetOf, webhookContext } from './webhook-context.ts';
import { waitingRoutes } from './waiting.ts';

export interface WebhookServices {
  readonly runtime: Runtime;
  readonly evaluator: Evaluator;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The addresses of published workflows. */
export const webhooksPlugin: FastifyPluginAsync<WebhookServices> = async (app, services) => {
  const { runtime } = services;
  const table = createRouteTable(runtime.options.db);
  const stopListening = runtime.bus.subscribe(({ type }) => {
    if (type === 'workflow-changed' || type === 'triggers-changed') table.invalidate();
  });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof BodyError)) throw error;
    const body = { code: 422, message: error.message, hint: error.fix };
    return sendAnswer(reply, { status: 422, headers: {}, body });
  });
  app.addHook('onClose', async () => stopListening());
  takeBodiesAsBytes(app);
  await app.register(multipart);

  app.route<{ Params: { '*': string } }>({
    method: METHODS,
    url: '/webhook/*',
    config: { access: 'public' },
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoute: false,
    async handler(request, reply) {
      const path = request.params['*'].replace(/\/+$/, '');
      const match = await table.find(request.method, path);
      if (!match) return sendAnswer(reply, await notRegistered(table, request.method, path));
      return handleCall(services, { request, reply, match });
    },
  });
  app.route<{ Params: { '*': string } }>({
    method: 'OPTIONS',
    url: '/webhook/*',
    config: { access: 'public' },
    handler: async (request, reply) =>
      preflight(request, reply, await table.methodsAt(request.params['*'])),
  });
  waitingRoutes(app, services);
};

interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly match: RouteMatch;
}

async function handleCall(services: WebhookServices, { request, reply, match }: Call) {
  const { runtime } = services;
  const { route, params } = match;
  const versionId = route.versionId ?? '';
  const workflow = await runtime.workflows.version(versionId);
  const target = targetOf(workflow, { name: route.node, runtime });
  if (!target)
    return sendAnswer(reply, { status: 404, headers: {}, body: unknownNode(route.node) });

  const asked = await toWebhookRequest(request, { params, runtime });
  const context = webhookContext(target, {
    ...services,
    request: asked,
    webhookName: route.webhookName,
    mode: 'webhook',
  });
  const read = (path: string) => context.param(path, 0, { fallback: undefined });
  allowOrigin(request, reply, read('options.allowedOrigins'));
  const outcome = await target.type.webhook?.(context);
  if (!outcome?.outputs)
    return sendAnswer(reply, outcome?.response ?? { status: 200, headers: {} });

  const start = { node: route.node, outputs: outcome.outputs.map((batch) => batch ?? []) };
  const order = { workflowId: workflow.id, versionId, mode: 'webhook' as const, start };
  const rules = answerRules(read);
  if (outcome.response || rules.mode === 'onReceived') {
    await runtime.executions.accept(order);
    return sendAnswer(reply, outcome.response ?? answerAtOnce(rules));
  }
  const given = Promise.withResolvers<WebhookResponse>();
  const respond = (response: WebhookResponse) => given.resolve(response);
  const { ended } = await runtime.executions.begin(
    rules.mode === 'responseNode' ? { ...order, respond } : order,
  );
  const atEnd = ended.then((end) => answerAtEnd(rules, { end, binary: runtime.binary }));
  return sendAnswer(reply, await Promise.race([given.promise, atEnd]));
}

const unknownNode = (node: string) => ({ code: 404, message: `No webhook node "${node}"` });

async function notRegistered(
  table: RouteTable,
  method: string,
  path: string,
): Promise<WebhookResponse> {
  const [other] = await table.methodsAt(path);
  const body =
    other === undefined
      ? {
          code: 404,
          message: `The requested webhook "${method} ${path}" is not registered.`,
          hint: 'The workflow must be active for a production URL to run successfully. Publish the workflow, then call it again.',
        }
      : {
          code: 404,
          message: `This webhook is not registered for ${method} requests. Did you mean to make a ${other} request?`,
        };
  return { status: 404, headers: {}, body };
}
