import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import { In } from 'typeorm';
import { newId, WebhookRouteEntity, type WebhookRouteRow } from '../../db/index.ts';
import { ConflictError } from '../../platform/index.ts';
import type { DraftAddress } from '../../runtime/index.ts';
import type { WorkflowListener } from '../workflows/index.ts';

/** Where a webhook trigger of a workflow answers. */
export type Address = DraftAddress;

/** The addresses a workflow's enabled webhook triggers answer at (n8n-facts A13.65). */
export function webhookAddresses(workflow: WorkflowJson, registry: NodeRegistry): Address[] {
  return workflow.nodes.flatMap((node) => {
    const type = registry.find(node.type, node.typeVersion);
    const isTrigger = type?.description.group.includes('trigger') === true;
    if (!type?.webhook || !isTrigger || node.disabled === true) return [];
    const { typeVersion: version } = node;
    const parameters = normalizeParameters(type.description, node.parameters, { version });
    return (type.description.webhooks ?? []).flatMap((webhook) =>
      methodsOf(webhook, parameters).map((method) => {
        const path = pathOf(node, parameters);
        const segments = path.split('/');
        return {
          kind: webhook['isForm'] === true ? ('form' as const) : ('webhook' as const),
          node: node.name,
          webhookName: typeof webhook['name'] === 'string' ? webhook['name'] : 'default',
          method,
          path,
          segmentCount: segments.length,
          hasParams: segments.some((segment) => segment.startsWith(':')),
        };
      }),
    );
  });
}

/** Keeps the rows that say which addresses are live. */
export function createWebhookRoutes(registry: NodeRegistry, now = Date.now): WorkflowListener {
  return {
    async published({ manager, workflowId, versionId, workflow }) {
      const rows = manager.getRepository(WebhookRouteEntity);
      await rows.delete({ workflowId });
      const addresses = webhookAddresses(workflow, registry);
      if (!addresses.length) return;
      const paths = In(addresses.map(({ path }) => path));
      const taken = await rows.findBy({ path: paths });
      for (const { kind, method, path } of addresses) {
        const isSame = (row: WebhookRouteRow) =>
          row.kind === kind && row.method === method && row.path === path;
        if (taken.some(isSame)) throw new AddressTakenError(method, `${kind}/${path}`);
      }
      await rows.insert(
        addresses.map((address) => ({
          ...address,
          id: newId(now()),
          workflowId,
          versionId,
          expiresAt: null,
          createdAt: now(),
        })),
      );
    },
    async unpublished({ manager, workflowId }) {
      await manager.getRepository(WebhookRouteEntity).delete({ workflowId });
    },
  };
}

class AddressTakenError extends ConflictError {
  constructor(method: string, path: string) {
    super(
      `Another published workflow answers ${method} /${path}`,
      'Give the webhook another path, or unpublish the other workflow',
      { method, path },
    );
  }
}

function methodsOf(webhook: JsonObject, parameters: JsonObject): string[] {
  const declared = webhook['httpMethod'];
  const isLiteral = typeof declared === 'string' && !declared.startsWith('=');
  const methods = isLiteral ? declared : parameters['httpMethod'] || 'GET';
  return [...new Set([methods].flat().map((method) => String(method).toUpperCase()))];
}

/** Parameters in a path would clash between workflows: those paths stand below the webhook's own id. */
function pathOf(node: NodeJson, parameters: JsonObject): string {
  const given = parameters['path'] || getByPath(parameters, 'options.path') || '';
  const path = String(given).replace(/^\/+|\/+$/g, '');
  const id = node.webhookId ?? node.id;
  if (path === '') return id;
  return path.includes(':') ? `${id}/${path}` : path;
}
