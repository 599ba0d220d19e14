import type { Evaluator } from '@millrace/workflow/expression';
import type { Batch } from '@millrace/workflow/items';
import type { ExecutionMode, WebhookRequest, WebhookResponse } from '@millrace/workflow/node-api';
import type { Accepted, AcceptRequest, Runtime } from '../../runtime/index.ts';
import { answerAtEnd, answerAtOnce } from './answers.ts';
import { rulesOf } from './answer-rules.ts';
import { crossOriginHeaders } from './cross-origin.ts';
import type { Pause } from './pauses.ts';
import { webhookContext, type WebhookTarget } from './webhook-context.ts';

export interface CallServices {
  readonly runtime: Runtime;
  readonly evaluator: Evaluator;
}

/** How what a call brought becomes an execution: a new one, or a paused one that goes on. */
export interface Way {
  /** Resolves when it is stored; false when another call was first. */
  accept(outputs: readonly Batch[]): Promise<Accepted | false>;
  /** For callers that wait for the end, or for what a node answers. */
  begin(
    outputs: readonly Batch[],
    respond?: NonNullable<AcceptRequest['respond']>,
  ): Promise<Accepted | false>;
}

/** Who is called, and what comes of it. */
export interface Door {
  readonly target: WebhookTarget;
  readonly webhookName: string;
  readonly mode: ExecutionMode;
  readonly way: Way;
  /** Set when a paused execution is called. */
  readonly pause?: Pause;
}

/** Lets the node look at the request, starts or goes on with the execution, and gives the answer. */
export async function takeCall(
  services: CallServices,
  door: Door,
  request: WebhookRequest,
): Promise<WebhookResponse> {
  const context = webhookContext(door, { ...services, request });
  const read = (path: string) => context.param(path, 0, { fallback: undefined });
  const response = await answer();
  const { origin } = request.headers;
  if (origin === undefined) return response;
  const shared = crossOriginHeaders(origin, read('options.allowedOrigins'));
  return { ...response, headers: { ...response.headers, ...shared } };

  async function answer(): Promise<WebhookResponse> {
    const outcome = await door.target.type.webhook?.(context);
    if (!outcome?.outputs) return outcome?.response ?? { status: 200, headers: {} };
    const outputs = outcome.outputs.map((batch) => batch ?? []);
    const rules = rulesOf(door.target, read);
    if (outcome.response || rules.mode === 'onReceived') {
      const accepted = await door.way.accept(outputs);
      return accepted ? (outcome.response ?? answerAtOnce(rules)) : TAKEN;
    }
    const given = Promise.withResolvers<WebhookResponse>();
    const accepted = await door.way.begin(
      outputs,
      rules.mode === 'responseNode' ? given.resolve : undefined,
    );
    if (!accepted) return TAKEN;
    const { binary } = services.runtime;
    const atEnd = accepted.ended.then((end) => answerAtEnd(rules, { end, binary }));
    return Promise.race([given.promise, atEnd]);
  }
}

/** An answer in the form webhook callers know. */
export const refusal = (status: number, message: string, hint?: string): WebhookResponse => ({
  status,
  headers: {},
  body: { code: status, message, ...(hint !== undefined && { hint }) },
});

const TAKEN = refusal(409, 'Another call was first');
