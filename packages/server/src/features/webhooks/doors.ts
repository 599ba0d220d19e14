import type { WebhookResponse } from '@millrace/workflow/node-api';
import { refusal, type CallServices, type Door } from './calls.ts';
import type { WebhookRouteRow } from '../../db/index.ts';
import type { AddressKind } from './path-index.ts';
import type { RouteTable } from './route-table.ts';
import { shareListeners } from './shared-listeners.ts';
import type { TestListeners } from './test-listeners.ts';
import { targetOf } from './webhook-context.ts';

export interface DoorServices extends CallServices {
  readonly routeTable: RouteTable;
  readonly testListeners: TestListeners;
}

/** The addresses below one prefix, such as `/webhook` or `/form-test`. */
export interface Doors {
  readonly prefix: `/${string}`;
  find(
    method: string,
    path: string,
  ): Promise<(Door & { readonly params: Readonly<Record<string, string>> }) | undefined>;
  methodsAt(path: string): Promise<string[]>;
  /** The answer where nobody answers. */
  missing(method: string, path: string): Promise<WebhookResponse>;
}

/** Addresses of published versions. */
export function publishedDoors(services: DoorServices, kind: AddressKind): Doors {
  const { runtime, routeTable } = services;
  const methodsAt = async (path: string) => (await routeTable.routes()).methodsAt(kind, path);
  /** A route's row stays the same object until the table is read anew. */
  const doors = new WeakMap<WebhookRouteRow, Door>();

  async function doorOf(route: WebhookRouteRow): Promise<Door | undefined> {
    const { node, webhookName, versionId } = route;
    const workflow = await runtime.workflows.version(versionId ?? '');
    const target = targetOf(workflow, { name: node, runtime });
    if (!target) return undefined;
    const order = { workflowId: workflow.id, versionId: versionId ?? '', mode: 'webhook' as const };
    const door: Door = {
      target,
      webhookName,
      mode: 'webhook',
      way: {
        accept: (outputs) => runtime.executions.accept({ ...order, start: { node, outputs } }),
        begin: (outputs, respond) =>
          runtime.executions.begin({
            ...order,
            start: { node, outputs },
            ...(respond && { respond }),
          }),
      },
    };
    doors.set(route, door);
    return door;
  }

  return {
    prefix: `/${kind}`,
    methodsAt,
    async find(method, path) {
      const match = (await routeTable.routes()).find({ kind, method, path });
      if (!match) return undefined;
      const door = doors.get(match.entry) ?? (await doorOf(match.entry));
      return door && { ...door, params: match.params };
    },
    missing: async (method, path) =>
      notRegistered(
        { method, path, others: await methodsAt(path) },
        'The workflow must be active for a production URL to run successfully. Publish the workflow, then call it again.',
      ),
  };
}

/** Addresses of drafts that listen for one call. */
export function testDoors(services: DoorServices, kind: AddressKind): Doors {
  const { runtime } = services;
  const listeners = shareListeners(runtime, services.testListeners);
  return {
    prefix: `/${kind}-test`,
    methodsAt: (path) => listeners.methodsAt(kind, path),
    async find(method, path) {
      const match = await listeners.find({ kind, method, path });
      if (!match) return undefined;
      const { node, webhookName, listener } = match.entry;
      const target = targetOf(listener.workflow, { name: node, runtime });
      if (!target) return undefined;
      const isFirst = () => listeners.end(listener.executionId, 'called');
      return {
        target,
        webhookName,
        params: match.params,
        mode: 'manual',
        way: {
          accept: async (outputs) =>
            (await isFirst()) && runtime.executions.accept(listener.start(node, outputs)),
          begin: async (outputs, respond) =>
            (await isFirst()) && runtime.executions.accept(listener.start(node, outputs, respond)),
        },
      };
    },
    missing: async (method, path) =>
      notRegistered(
        { method, path, others: await listeners.methodsAt(kind, path) },
        'Press "Test workflow" in the editor, then make one call: in test mode the address works for one call only.',
      ),
  };
}

function notRegistered(
  { method, path, others }: { method: string; path: string; others: readonly string[] },
  hint: string,
): WebhookResponse {
  const [other] = others;
  return other === undefined
    ? refusal(404, `The requested webhook "${method} ${path}" is not registered.`, hint)
    : refusal(
        404,
        `This webhook is not registered for ${method} requests. Did you mean to make a ${other} request?`,
      );
}
