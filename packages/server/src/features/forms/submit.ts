import { createGraph } from '@millrace/workflow/graph';
import type { Batch } from '@millrace/workflow/items';
import type { WebhookRequest, WebhookResponse } from '@millrace/workflow/node-api';
import type { Accepted, ExecutionEnd } from '../../runtime/index.ts';
import { webhookContext, type CallServices, type Door } from '../webhooks/index.ts';
import type { AnswerShelf } from './answer-shelf.ts';
import { NOTICES, noticePage } from './notice-page.ts';

export interface FormServices extends CallServices {
  readonly shelf: AnswerShelf;
  /** So long a browser waits for what follows before it is told to look again. */
  readonly patienceMs: number;
}

/** A visit or a submission: the form's page, or what follows when it was filled. */
export async function takeFormCall(
  services: FormServices,
  door: Door,
  request: WebhookRequest,
): Promise<WebhookResponse> {
  const context = webhookContext(door, { ...services, request });
  const outcome = await door.target.type.webhook?.(context);
  if (!outcome?.outputs) return outcome?.response ?? noticePage(NOTICES.unknown);
  const outputs = outcome.outputs.map((batch) => batch ?? []);
  const done = outcome.response ?? noticePage(NOTICES.recorded);

  const mode = context.param('responseMode', 0, { fallback: 'onReceived' });
  const isOver = mode === 'onReceived' && !door.pause && !hasPagesAfter(services, door);
  if (!isOver) return follow(services, door, { outputs, done });
  const accepted = await door.way.accept(outputs);
  return accepted ? done : noticePage(NOTICES.taken);
}

/** Whether the form goes on after this page: another one, or an ending of its own. */
function hasPagesAfter({ runtime }: FormServices, { target }: Door): boolean {
  const { nodes, connections, name } = target.workflow.json;
  const after = createGraph({ name, nodes, connections }).descendants(target.node.name);
  return nodes.some(
    (node) =>
      after.has(node.name) &&
      node.disabled !== true &&
      runtime.options.registry
        .find(node.type, node.typeVersion)
        ?.description.webhooks?.some((webhook) => webhook['isForm'] === true) === true,
  );
}

/** Starts or goes on, and waits a while for a node's answer, the next page, or the end. */
async function follow(
  services: FormServices,
  door: Door,
  { outputs, done }: { outputs: readonly Batch[]; done: WebhookResponse },
): Promise<WebhookResponse> {
  const { runtime, shelf, patienceMs } = services;
  const given = Promise.withResolvers<WebhookResponse>();
  const accepted = await door.way.begin(outputs, given.resolve);
  if (!accepted) return noticePage(NOTICES.taken);
  const { id } = accepted;
  const waits = door.pause
    ? door.pause.runs.filter(({ status }) => status === 'waiting').length + 1
    : 0;
  // Without a host: whichever name of this server the browser used, it stays there.
  const { pathname } = new URL(`${runtime.options.config.publicUrl}/form-waiting/${id}`);
  const location = `${pathname}?signature=${runtime.tokens.make(id, waits)}`;
  const next: WebhookResponse = { status: 303, headers: { location } };
  const over = endOf(accepted).then((end) => pageAtEnd(end, { next, done }));
  const first = Promise.race([given.promise, over]);
  void first.then((answer) => {
    if (answer !== next) shelf.put(id, answer);
  });
  const patience = new AbortController();
  const slow = runtime.options.clock.sleep(patienceMs, patience.signal).then(
    () => next,
    () => next,
  );
  return Promise.race([first, slow]).finally(() => patience.abort());
}

const endOf = ({ ended }: Accepted): Promise<ExecutionEnd | undefined> =>
  ended.catch(() => undefined);

function pageAtEnd(
  end: ExecutionEnd | undefined,
  { next, done }: { next: WebhookResponse; done: WebhookResponse },
): WebhookResponse {
  if (end?.status === 'waiting') return next;
  return end?.status === 'success' ? done : noticePage(NOTICES.failed);
}
