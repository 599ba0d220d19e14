import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { ListenerEntity, newId, type ListenerRow } from '../../db/index.ts';
import type { WorkflowListener } from '../workflows/index.ts';

export interface ListenerRowsOptions {
  readonly registry: NodeRegistry;
  readonly now?: () => number;
}

/** Keeps the rows of published triggers that listen. A node keeps its cursor from version to version. */
export function createListenerRows(options: ListenerRowsOptions): WorkflowListener {
  const { registry, now = Date.now } = options;
  const listens = ({ type, typeVersion, disabled }: NodeJson) =>
    disabled !== true && registry.find(type, typeVersion)?.listen !== undefined;

  return {
    async published({ manager, workflowId, versionId, workflow }) {
      const rows = manager.getRepository(ListenerEntity);
      const before = new Map((await rows.findBy({ workflowId })).map((row) => [row.node, row]));
      await rows.delete({ workflowId });
      // A new id for each version: whoever listens for the old one no longer finds its row, and ends.
      const fresh = workflow.nodes.filter(listens).map(({ name }): ListenerRow => ({
        id: newId(now()),
        workflowId,
        versionId,
        node: name,
        cursor: before.get(name)?.cursor ?? null,
        owner: null,
        freeAt: now(),
        failures: 0,
        lastError: null,
        createdAt: now(),
      }));
      if (fresh.length > 0) await rows.insert(fresh);
    },

    async unpublished({ manager, workflowId }) {
      await manager.getRepository(ListenerEntity).delete({ workflowId });
    },
  };
}
