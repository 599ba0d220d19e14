import { NodeError } from '@millrace/workflow/errors';
import type { Item } from '@millrace/workflow/items';
import type { WebhookContext } from '@millrace/workflow/node-api';

/** Whether the user's own condition lets this request start an execution. */
export function isWanted(context: WebhookContext, item: Item): boolean {
  const condition = context.param('options.onlyRunIf', 0, { fallback: true, raw: true });
  if (typeof condition !== 'string' || !condition.startsWith('=')) return isYes(condition);
  if (context.evaluate) return isYes(context.evaluate(condition, item));
  throw new NodeError('"Only run if" cannot be evaluated here', { node: context.node.name });
}

const isYes = (value: unknown) =>
  value !== false && value !== 'false' && value !== 0 && value !== null && value !== '';

/** The answer to a request that the condition turns away. */
export const NOT_WANTED = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: { message: 'Webhook call received' },
};
