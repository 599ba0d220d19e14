import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { ExecutionRow } from '../../db/index.ts';
import {
  acceptBodies,
  publishedDoors,
  sendAnswer,
  testDoors,
  toWebhookRequest,
  trimSlashes,
  type Doors,
  type DoorServices,
  type Pauses,
} from '../webhooks/index.ts';
import { createAnswerShelf } from './answer-shelf.ts';
import { NOTICES, noticePage } from './notice-page.ts';
import { takeFormCall, type FormServices } from './submit.ts';

export interface FormsServices extends DoorServices {
  readonly pauses: Pauses;
  readonly patienceMs?: number;
}

const PATIENCE_MS = 15_000;

/** The pages of forms: the first of a published workflow or of a draft under test, and those that follow. */
export const formsPlugin: FastifyPluginAsync<FormsServices> = async (app, services) => {
  const shelf = createAnswerShelf();
  const inner = { ...services, shelf, patienceMs: services.patienceMs ?? PATIENCE_MS };
  await acceptBodies(app);
  firstPages(app, inner, publishedDoors(services, 'form'));
  firstPages(app, inner, testDoors(services, 'form'));
  furtherPages(app, inner);
};

function firstPages(app: FastifyInstance, services: FormServices, doors: Doors): void {
  app.route<{ Params: { readonly '*': string } }>({
    method: ['GET', 'HEAD', 'POST'],
    url: `${doors.prefix}/*`,
    config: { access: 'public' },
    exposeHeadRoute: false,
    async handler(request, reply) {
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const door = await doors.find(method, trimSlashes(request.params['*']));
      if (!door) return sendAnswer(reply, noticePage(NOTICES.unknown));
      const { params } = door;
      const asked = await toWebhookRequest(request, { params, runtime: services.runtime });
      return sendAnswer(reply, await takeFormCall(services, door, asked));
    },
  });
}

interface Asked {
  readonly Params: { readonly execution: string };
  readonly Querystring: { readonly signature?: string | string[] };
}

function furtherPages(
  app: FastifyInstance,
  services: FormServices & { readonly pauses: Pauses },
): void {
  app.route<Asked>({
    method: ['GET', 'HEAD', 'POST'],
    url: '/form-waiting/:execution',
    config: { access: 'public' },
    exposeHeadRoute: false,
    handler: async (request, reply) => sendAnswer(reply, await furtherPage(request, services)),
  });
}

async function furtherPage(
  request: FastifyRequest<Asked>,
  services: FormServices & { readonly pauses: Pauses },
): Promise<WebhookResponse> {
  const { pauses, shelf } = services;
  const token = [request.query.signature ?? ''].flat()[0] ?? '';
  const found = await pauses.find(request.params.execution, token);
  switch (found.kind) {
    case 'unknown':
    case 'refused':
      return noticePage(NOTICES[found.kind]);
    case 'ahead':
      return noticePage(NOTICES.working);
    case 'past':
      return shelf.get(found.row.id) ?? noticePage(afterwards(found.row));
    case 'paused': {
      const door = await pauses.open(found.row);
      if (!door?.isForm) return noticePage(NOTICES.working);
      const asked = await toWebhookRequest(request, { params: {}, runtime: services.runtime });
      return takeFormCall(services, door, asked);
    }
    default:
      return found satisfies never;
  }
}

function afterwards({ status }: ExecutionRow) {
  if (status === 'success') return NOTICES.recorded;
  return status === 'error' || status === 'canceled' ? NOTICES.failed : NOTICES.taken;
}
