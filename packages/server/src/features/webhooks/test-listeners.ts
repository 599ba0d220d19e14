import type { TestListening } from '@millrace/api';
import type { Batch } from '@millrace/workflow/items';
import { newId } from '../../db/index.ts';
import { ConflictError } from '../../platform/index.ts';
import type { AcceptRequest, LoadedWorkflow, Runtime } from '../../runtime/index.ts';
import { createPathIndex, type Addressed, type PathMatch } from './path-index.ts';
import { webhookAddresses, type Address } from './webhook-routes.ts';

/** A draft whose addresses wait for one call. */
export interface TestListener {
  /** The execution the call will become. */
  readonly executionId: string;
  readonly workflow: LoadedWorkflow;
  readonly startedAt: number;
  readonly until: number;
  readonly addresses: readonly Address[];
  start(node: string, outputs: readonly Batch[], respond?: AcceptRequest['respond']): AcceptRequest;
}

/**
 * Drafts that listen at `/webhook-test` and `/form-test`. One call that starts an execution ends it.
 * They live in this process only: they belong to an editor that is open now.
 */
export interface TestListeners {
  listen(about: {
    readonly workflow: LoadedWorkflow;
    readonly destination?: string;
    readonly nodes?: readonly string[];
  }): TestListener;
  find(asked: Addressed): PathMatch<Address & { readonly listener: TestListener }> | undefined;
  methodsAt(kind: Addressed['kind'], path: string): string[];
  get(executionId: string): TestListener | undefined;
  /** Ends it. False when it had ended. */
  end(executionId: string, reason: 'called' | 'canceled' | 'timeout'): boolean;
  close(): void;
}

const TIMEOUT_MS = 120_000;

export function createTestListeners(
  { bus, options }: Pick<Runtime, 'bus' | 'options'>,
  { timeoutMs = TIMEOUT_MS } = {},
): TestListeners {
  const { registry, clock } = options;
  const listeners = new Map<string, { listener: TestListener; timer: NodeJS.Timeout }>();
  const index = () =>
    createPathIndex(
      [...listeners.values()].flatMap(({ listener }) =>
        listener.addresses.map((address) => ({ ...address, listener })),
      ),
    );

  function end(executionId: string, reason: 'called' | 'canceled' | 'timeout'): boolean {
    const known = listeners.get(executionId);
    if (!known) return false;
    clearTimeout(known.timer);
    listeners.delete(executionId);
    const workflowId = known.listener.workflow.id;
    bus.publish({ type: 'listening-ended', executionId, workflowId, reason });
    return true;
  }

  return {
    listen({ workflow, destination, nodes }) {
      const all = webhookAddresses(workflow.json, registry);
      const addresses = nodes ? all.filter(({ node }) => nodes.includes(node)) : all;
      for (const { listener } of listeners.values())
        if (listener.workflow.id === workflow.id) end(listener.executionId, 'canceled');
      const taken = index();
      for (const address of addresses)
        if (taken.find(address)) throw new TestAddressTakenError(address);

      const executionId = newId(clock.now());
      const startedAt = clock.now();
      const until = startedAt + timeoutMs;
      const listener: TestListener = {
        executionId,
        workflow,
        startedAt,
        until,
        addresses,
        start: (node, outputs, respond) => ({
          id: executionId,
          workflowId: workflow.id,
          snapshot: workflow.json,
          mode: 'manual',
          start: { node, outputs },
          ...(destination !== undefined && { destination }),
          ...(respond && { respond }),
        }),
      };
      const timer = setTimeout(() => end(executionId, 'timeout'), timeoutMs);
      timer.unref();
      listeners.set(executionId, { listener, timer });
      const listening = showListener(listener, options.config.publicUrl);
      bus.publish({
        type: 'listening-started',
        executionId,
        workflowId: workflow.id,
        ...listening,
      });
      return listener;
    },
    find: (asked) => index().find(asked),
    methodsAt: (kind, path) => index().methodsAt(kind, path),
    get: (executionId) => listeners.get(executionId)?.listener,
    end,
    close() {
      for (const id of listeners.keys()) end(id, 'canceled');
    },
  };
}

/** Where and how long a draft listens, as clients see it. */
export function showListener({ until, addresses }: TestListener, publicUrl: string): TestListening {
  return {
    until: new Date(until).toISOString(),
    addresses: addresses.map(({ kind, node, method, path }) => ({
      node,
      method,
      url: `${publicUrl}/${kind}-test/${path}`,
    })),
  };
}

class TestAddressTakenError extends ConflictError {
  constructor({ kind, method, path }: Address) {
    super(
      `Another draft listens for ${method} /${kind}-test/${path}`,
      'Wait until its test has ended, or give this one another path',
      { method, path },
    );
  }
}
