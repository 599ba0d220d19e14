import type { JsonObject, Outputs } from '@millrace/workflow/items';
import { ListenerEntity, type ListenerRow } from '../../db/index.ts';
import { pollContext } from '../polls/index.ts';
import type { ListenersOptions } from './listeners.ts';

interface Listening extends ListenersOptions {
  readonly owner: string;
  readonly signal: AbortSignal;
  /** Told of each event that was stored. */
  stored(): void;
}

/** Runs the node's `listen` until it ends, and stores what it emits for as long as the row is ours. */
export async function listenFor(row: ListenerRow, listening: Listening): Promise<void> {
  const { runtime, evaluator, hosts, owner, signal } = listening;
  const { db, registry } = runtime.options;
  const workflow = await runtime.workflows.version(row.versionId);
  const node = workflow.json.nodes.find((each) => each.name === row.node);
  const type = node && registry.find(node.type, node.typeVersion);
  if (!node || !type?.listen) throw new Error(`"${row.node}" is no listening trigger`);
  const cursor = row.cursor === null ? null : JSON.parse(row.cursor);

  async function emit(outputs: Outputs, next?: JsonObject): Promise<void> {
    signal.throwIfAborted();
    const execution = await runtime.executions.reserve({
      workflowId: row.workflowId,
      versionId: row.versionId,
      mode: 'trigger',
      start: { node: row.node, outputs: outputs.map((batch) => batch ?? []) },
    });
    const changes = {
      failures: 0,
      lastError: null,
      ...(next && { cursor: JSON.stringify(next) }),
    };
    const isStored = await db.transaction(async (manager) => {
      const { affected } = await manager.update(ListenerEntity, { id: row.id, owner }, changes);
      if (affected === 1) await execution.store(manager);
      return affected === 1;
    });
    if (!isStored) throw new Error('The workflow was published anew, or another process listens');
    listening.stored();
    execution.run();
  }

  const context = pollContext({ runtime, evaluator, workflow, node, type, hosts, signal, cursor });
  await type.listen({ ...context, emit });
}
