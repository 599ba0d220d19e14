import type { JsonObject } from '@millrace/workflow/items';
import type { Job } from './job.ts';
import type { AcceptRequest, ExecutionEnd } from './runtime.types.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';

const TRIGGER = '.errorTrigger';

/**
 * What to start when a production execution failed (n8n-facts A11): the workflow its settings name,
 * else itself when it has an Error Trigger. Nothing for runs by hand and for error workflows themselves.
 */
export async function errorWorkflowFor(
  { row, workflow }: Job,
  { end, workflows, publicUrl }: { end: ExecutionEnd; workflows: WorkflowCache; publicUrl: string },
): Promise<AcceptRequest | undefined> {
  const isProduction = row.mode !== 'manual' && row.mode !== 'cli';
  if (end.status !== 'error' || !isProduction || row.mode === 'error') return undefined;
  const handler = await handlerOf(workflow, workflows);
  const node = handler?.json.nodes.findLast(
    ({ type, disabled }) => type.endsWith(TRIGGER) && disabled !== true,
  );
  if (!handler || !node || handler.versionId === undefined) return undefined;

  const execution: JsonObject = {
    id: row.id,
    url: `${publicUrl}/workflow/${workflow.id}/executions/${row.id}`,
    retryOf: row.retryOf ?? undefined,
    error: end.error,
    lastNodeExecuted: end.lastNode,
    mode: row.mode,
    executionContext: undefined,
  };
  const json = { execution, workflow: { id: workflow.id, name: workflow.json.name } };
  return {
    workflowId: handler.id,
    versionId: handler.versionId,
    mode: 'error',
    start: { node: node.name, outputs: [[{ json }]] },
  };
}

async function handlerOf(
  workflow: LoadedWorkflow,
  workflows: WorkflowCache,
): Promise<LoadedWorkflow | undefined> {
  const named = workflow.json.settings?.errorWorkflow;
  if (!named || named === 'DEFAULT') return workflow;
  return named === workflow.id ? workflow : workflows.published(named);
}
