import type { FastifyInstance } from 'fastify';
import { ExecutionEntity, ExecutionRunEntity } from '../../db/index.ts';
import { sendAnswer } from './send-answer.ts';
import { targetOf, webhookContext } from './webhook-context.ts';
import { toWebhookRequest } from './webhook-request.ts';
import type { WebhookServices } from './webhooks.plugin.ts';

/**
 * Goes on with paused executions. The signed address works once and only for the pause it was made
 * for; a visit (GET) changes nothing and shows a button (security rule 7).
 */
export function waitingRoutes(app: FastifyInstance, services: WebhookServices): void {
  const { runtime } = services;
  const { db } = runtime.options;

  /** Why this address may not go on with it; `undefined` when it may. */
  async function refusal(id: string, token: string) {
    const row = await db.source.getRepository(ExecutionEntity).findOneBy({ id });
    if (!row) return refused(404, `The execution "${id}" does not exist`);
    const waits = await db.source
      .getRepository(ExecutionRunEntity)
      .countBy({ executionId: id, status: 'waiting' });
    const isFor = (count: number) => runtime.tokens.matches(token, id, count);
    if (!isFor(Math.max(0, waits - 1)) && !isFor(waits)) return refused(401, 'Invalid token');
    if (row.status !== 'waiting')
      return refused(409, `The execution "${id}" is not waiting: it is ${row.status}`);
    return row;
  }

  app.route<{ Params: { execution: string; '*'?: string }; Querystring: { signature?: string } }>({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/webhook-waiting/:execution',
    config: { access: 'public' },
    exposeHeadRoute: false,
    async handler(request, reply) {
      const id = request.params.execution;
      const found = await refusal(id, request.query.signature ?? '');
      if ('headers' in found) return sendAnswer(reply, found);
      if (request.method === 'GET') return sendAnswer(reply, CONFIRM);

      const workflow =
        found.versionId === null
          ? runtime.workflows.snapshot(found.workflowId, JSON.parse(found.snapshot ?? '{}'))
          : await runtime.workflows.version(found.versionId);
      const target = targetOf(workflow, { name: found.waitNode ?? '', runtime });
      if (!target) return sendAnswer(reply, refused(409, 'This pause ends by time only'));
      const asked = await toWebhookRequest(request, { params: {}, runtime });
      const mode = found.mode === 'manual' ? ('manual' as const) : ('webhook' as const);
      const about = { ...services, request: asked, webhookName: 'default', mode };
      const outcome = await target.type.webhook?.(webhookContext(target, about));
      if (!outcome?.outputs)
        return sendAnswer(reply, outcome?.response ?? { status: 200, headers: {} });

      const outputs = outcome.outputs.map((batch) => batch ?? []);
      const resumed = await runtime.executions.resume(id, outputs);
      if (!resumed) return sendAnswer(reply, refused(409, 'Somebody else went on with it'));
      const started = { status: 200, headers: {}, body: { message: 'Workflow was started' } };
      return sendAnswer(reply, outcome.response ?? started);
    },
  });
}

const refused = (status: number, message: string) => ({
  status,
  headers: {},
  body: { code: status, message },
});

const CONFIRM = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' },
  body: '<!doctype html><meta charset="utf-8"><title>Continue</title><form method="post"><p>This workflow waits to go on.</p><button>Continue</button></form>',
};
