import { relinkWorkflow } from '@millrace/workflow/compat';
import { isMillraceError } from '@millrace/workflow/errors';
import type { WorkflowJson } from '@millrace/workflow/graph';
import type { FoundWorkflow } from './read-workflow-files.ts';

/** A found workflow, with its id here once it is stored. */
export interface StoredWorkflow extends FoundWorkflow {
  readonly id?: string;
  readonly revision?: number;
}

/** Where workflows are kept. */
export interface WorkflowStore {
  create(workflow: WorkflowJson): Promise<{ readonly id: string; readonly revision: number }>;
  save(id: string, workflow: WorkflowJson, revision: number): Promise<unknown>;
}

/**
 * Stores workflows under new ids, then points those that call one another to them. One that is refused
 * does not stop the others.
 */
export async function storeWorkflows(
  found: readonly FoundWorkflow[],
  store: WorkflowStore,
): Promise<StoredWorkflow[]> {
  const results: StoredWorkflow[] = [];
  const ids = new Map<string, string>();
  for (const each of found) {
    const stored = each.workflow ? await refusable(() => storeOne(each.workflow, store)) : {};
    if (each.workflow?.id !== undefined && stored.id !== undefined)
      ids.set(each.workflow.id, stored.id);
    results.push({ ...each, ...stored });
  }
  for (const { id, workflow, revision } of results) {
    if (id === undefined || !workflow || revision === undefined) continue;
    const linked = relinkWorkflow(workflow, ids);
    if (linked !== workflow) await store.save(id, linked, revision);
  }
  return results;
}

async function storeOne(workflow: WorkflowJson | undefined, store: WorkflowStore) {
  if (!workflow) return {};
  const { id, revision } = await store.create(workflow);
  return { id, revision };
}

async function refusable(
  work: () => Promise<{ readonly id?: string; readonly revision?: number }>,
): Promise<{ readonly id?: string; readonly revision?: number; readonly error?: string }> {
  try {
    return await work();
  } catch (error) {
    if (!isMillraceError(error)) throw error;
    return { error: `${error.message}. ${error.fix ?? ''}`.trim() };
  }
}
