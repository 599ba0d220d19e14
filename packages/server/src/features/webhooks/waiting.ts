import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal, takeCall, type CallServices } from './calls.ts';
import { KEPT, type KeptCalls } from './kept-calls.ts';
import type { Pauses } from './pauses.ts';
import { sendAnswer } from './send-answer.ts';
import { trimSlashes } from './suffix.ts';
import { toWebhookRequest } from './webhook-request.ts';

export interface WaitingServices extends CallServices {
  readonly pauses: Pauses;
  readonly keptCalls: KeptCalls;
}

interface Asked {
  readonly Params: { readonly execution: string; readonly '*'?: string };
  readonly Querystring: { readonly signature?: string | string[] };
}

/**
 * Goes on with paused executions. The signed address works once and only for the pause it was made
 * for; a visit (GET) changes nothing and shows a button (security rule 7).
 */
export function waitingRoutes(app: FastifyInstance, services: WaitingServices): void {
  for (const url of ['/webhook-waiting/:execution', '/webhook-waiting/:execution/*'])
    app.route<Asked>({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      config: { access: 'public' },
      exposeHeadRoute: false,
      handler: async (request, reply) => sendAnswer(reply, await answer(request, services)),
    });
}

async function answer(
  request: FastifyRequest<Asked>,
  services: WaitingServices,
): Promise<WebhookResponse> {
  const { pauses, keptCalls, runtime } = services;
  const { execution: id } = request.params;
  const suffix = trimSlashes(request.params['*'] ?? '');
  const found = await pauses.find(id, [request.query.signature ?? ''].flat()[0] ?? '');
  if (found.kind === 'unknown') return refusal(404, `The execution "${id}" does not exist`);
  if (found.kind === 'refused') return refusal(401, 'Invalid token');
  if (found.kind === 'past') return refusal(409, `The execution "${id}" went on already`);
  if (suffix.length > MAX_SUFFIX) return refusal(404, 'There is no such address');
  const isVisit = request.method === 'GET' || request.method === 'HEAD';
  if (isVisit) return CONFIRM;

  const asked = await toWebhookRequest(request, { params: {}, runtime });
  if (found.kind === 'ahead') {
    const { waits } = found;
    const isKept = await keptCalls.keep({ executionId: id, waits, suffix, request: asked });
    return isKept ? KEPT : refusal(409, 'A call for this pause came before');
  }
  const door = await pauses.open(found.row);
  if (!door) return refusal(409, 'This pause ends by time only');
  if (door.isForm)
    return refusal(409, 'This pause waits for a form', `Open /form-waiting/${id} in a browser`);
  if (door.suffix !== suffix)
    return refusal(404, `The execution "${id}" does not wait at this address`);
  return takeCall(services, door, asked);
}

/** As long as one that is kept may be. */
const MAX_SUFFIX = 512;

const CONFIRM: WebhookResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' },
  body: '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Continue</title><form method="post"><p>This workflow waits to go on.</p><button>Continue</button></form></html>',
};
