import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { ExecutionEnd } from './runtime.types.ts';

/** Who in this process waits for executions, whichever process runs them. */
export interface Callers {
  /**
   * @param respond - Hears the first answer a node gives.
   * @param after - The fencing number when the call came: answers given before were for others.
   */
  expect(
    id: string,
    respond?: (response: WebhookResponse) => void,
    after?: number,
  ): Promise<ExecutionEnd>;
  respond(id: string, response: WebhookResponse): void;
  settle(end: ExecutionEnd): void;
  fail(id: string, error: unknown): void;
  /** Ids somebody waits for. */
  waiting(): string[];
  /** False when its caller waits for a node's answer and has none. */
  isAnswered(id: string): boolean;
  /** Those whose caller waits for a node's answer and has none. */
  unanswered(): readonly Unanswered[];
}

export interface Unanswered {
  readonly id: string;
  readonly after: number;
}

interface Caller {
  readonly ended: PromiseWithResolvers<ExecutionEnd>;
  respond: ((response: WebhookResponse) => void) | undefined;
  after: number;
}

export function createCallers(): Callers {
  const callers = new Map<string, Caller>();

  function take(id: string): Caller | undefined {
    const caller = callers.get(id);
    callers.delete(id);
    return caller;
  }

  return {
    expect(id, respond, after = 0) {
      const known = callers.get(id);
      if (known) {
        if (respond && !known.respond) Object.assign(known, { respond, after });
        return known.ended.promise;
      }
      const ended = Promise.withResolvers<ExecutionEnd>();
      // Not everybody who starts one cares how it ends.
      ended.promise.catch(() => undefined);
      callers.set(id, { ended, respond, after });
      return ended.promise;
    },
    respond(id, response) {
      const caller = callers.get(id);
      caller?.respond?.(response);
      if (caller) caller.respond = undefined;
    },
    settle: (end) => take(end.id)?.ended.resolve(end),
    fail: (id, error) => take(id)?.ended.reject(error),
    waiting: () => [...callers.keys()],
    isAnswered: (id) => callers.get(id)?.respond === undefined,
    unanswered: () =>
      [...callers].flatMap(([id, { respond, after }]) => (respond ? [{ id, after }] : [])),
  };
}
