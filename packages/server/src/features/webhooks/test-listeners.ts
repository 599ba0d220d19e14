import type { TestListening } from '@millrace/api';
import type { Batch } from '@millrace/workflow/items';
import { newId } from '../../db/index.ts';
import { ConflictError } from '../../platform/index.ts';
import type { AcceptRequest, LoadedWorkflow, Runtime } from '../../runtime/index.ts';
import { createPathIndex, type Addressed, type PathMatch } from './path-index.ts';
import { webhookAddresses, type Address } from './webhook-routes.ts';

/** A draft whose addresses wait for one call. */
export interface TestListener extends Listening {
  start(node: string, outputs: readonly Batch[], respond?: AcceptRequest['respond']): AcceptRequest;
}

interface Listening {
  /** The execution the call will become. */
  readonly executionId: string;
  readonly workflow: LoadedWorkflow;
  readonly destination?: string;
  readonly startedAt: number;
  readonly until: number;
  readonly addresses: readonly Address[];
}

/** What is to listen: all webhooks of a draft, or some. */
export interface ListenOrder {
  readonly workflow: LoadedWorkflow;
  readonly destination?: string;
  readonly nodes?: readonly string[];
}

/** A listener by one of its addresses. */
export type ListenerMatch = PathMatch<Address & { readonly listener: TestListener }>;

/**
 * Drafts that listen at `/webhook-test` and `/form-test`. One call that starts an execution ends it.
 * They live in this process only: they belong to an editor that is open now. Other processes ask
 * for them: see shared-listeners.ts.
 */
export interface TestListeners {
  /** @throws {TestAddressTakenError} */
  listen(order: ListenOrder): TestListener;
  /** Where it would listen. */
  addressesOf(order: ListenOrder): readonly Address[];
  /** Makes room for a draft that is about to listen. Returns an address another one listens at. */
  giveWay(to: {
    readonly workflowId: string;
    readonly addresses: readonly Address[];
  }): Address | undefined;
  find(asked: Addressed): ListenerMatch | undefined;
  /** Those that answer a path by some method. */
  at(kind: Addressed['kind'], path: string): readonly TestListener[];
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
  const all = () => [...listeners.values()].map(({ listener }) => listener);
  const index = () => indexOf(all());

  function end(executionId: string, reason: 'called' | 'canceled' | 'timeout'): boolean {
    const known = listeners.get(executionId);
    if (!known) return false;
    clearTimeout(known.timer);
    listeners.delete(executionId);
    const workflowId = known.listener.workflow.id;
    bus.publish({ type: 'listening-ended', executionId, workflowId, reason });
    return true;
  }

  const addressesOf: TestListeners['addressesOf'] = ({ workflow, nodes }) =>
    webhookAddresses(workflow.json, registry).filter(({ node }) => !nodes || nodes.includes(node));

  const giveWay: TestListeners['giveWay'] = ({ workflowId, addresses }) => {
    for (const { workflow, executionId } of all())
      if (workflow.id === workflowId) end(executionId, 'canceled');
    const taken = index();
    return addresses.find((address) => taken.find(address));
  };

  return {
    addressesOf,
    giveWay,
    listen(order) {
      const { workflow, destination } = order;
      const addresses = addressesOf(order);
      const taken = giveWay({ workflowId: workflow.id, addresses });
      if (taken) throw new TestAddressTakenError(taken);

      const executionId = newId(clock.now());
      const startedAt = clock.now();
      const until = startedAt + timeoutMs;
      const listener = toListener({
        executionId,
        workflow,
        ...(destination !== undefined && { destination }),
        startedAt,
        until,
        addresses,
      });
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
    at: (kind, path) => all().filter((each) => indexOf([each]).methodsAt(kind, path).length > 0),
    get: (executionId) => listeners.get(executionId)?.listener,
    end,
    close() {
      for (const id of listeners.keys()) end(id, 'canceled');
    },
  };
}

/** Listeners by their addresses. */
export const indexOf = (listeners: readonly TestListener[]) =>
  createPathIndex(
    listeners.flatMap((listener) =>
      listener.addresses.map((address) => ({ ...address, listener })),
    ),
  );

/** Adds how its execution starts. */
export const toListener = (listening: Listening): TestListener => ({
  ...listening,
  start: (node, outputs, respond) => ({
    id: listening.executionId,
    workflowId: listening.workflow.id,
    snapshot: listening.workflow.json,
    mode: 'manual',
    start: { node, outputs },
    ...(listening.destination !== undefined && { destination: listening.destination }),
    ...(respond && { respond }),
  }),
});

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

/** Two drafts cannot wait for the same call. */
export class TestAddressTakenError extends ConflictError {
  constructor({ kind, method, path }: Address) {
    super(
      `Another draft listens for ${method} /${kind}-test/${path}`,
      'Wait until its test has ended, or give this one another path',
      { method, path },
    );
  }
}
