import type { WebhookResponse } from '@millrace/workflow/node-api';

/** What browsers that had to wait are to be shown when they look again, by execution. */
export interface AnswerShelf {
  put(executionId: string, answer: WebhookResponse): void;
  get(executionId: string): WebhookResponse | undefined;
}

/** The `limit` newest stay. An answer that is gone is no loss: a general page stands in for it. */
export function createAnswerShelf(limit = 500): AnswerShelf {
  const answers = new Map<string, WebhookResponse>();
  return {
    put(executionId, answer) {
      answers.delete(executionId);
      answers.set(executionId, answer);
      const [oldest] = answers.keys();
      if (answers.size > limit && oldest !== undefined) answers.delete(oldest);
    },
    get: (executionId) => answers.get(executionId),
  };
}
