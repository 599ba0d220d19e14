import type { EnginePorts } from '@millrace/workflow/engine';
import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import type { Item } from '@millrace/workflow/items';
import type { SubworkflowCall, SubworkflowResult } from '@millrace/workflow/node-api';
import type { ExecutionEnd } from './runtime.types.ts';
import { SubworkflowError } from './subworkflow.error.ts';
import type { LoadedWorkflow, WorkflowCache } from './workflow-cache.ts';
import type { Database } from '../db/index.ts';
import { WorkflowEntity } from '../db/index.ts';

/** Runs a child in this process and outside the queue: its parent holds a place already. */
export type RunChild = (child: {
  readonly workflow: LoadedWorkflow;
  readonly start:
    { readonly node: string; readonly outputs: readonly (readonly Item[])[] } | undefined;
  readonly parentId: string;
  /** Which of its parent's calls made it. */
  readonly call: string;
  readonly signal?: AbortSignal;
}) => Promise<{ readonly id: string; readonly ended: Promise<ExecutionEnd> }>;

/** Runs other workflows for nodes (n8n-facts A10). */
export function createSubworkflows(options: {
  readonly db: Database;
  readonly workflows: WorkflowCache;
  readonly run: RunChild;
}): EnginePorts['runWorkflow'] {
  const { workflows } = options;

  return async function runWorkflow(call, parent): Promise<SubworkflowResult> {
    const workflow = await find(call, parent);
    await refuseForeignCaller(options.db, workflow, parent.workflowId);
    const node = startNodeOf(workflow.json);
    const outputs = [call.items.length ? call.items : [{ json: {} }]];
    const { id, ended } = await options.run({
      workflow,
      start: node && { node: node.name, outputs },
      parentId: parent.executionId,
      call: parent.call,
      ...(parent.signal && { signal: parent.signal }),
    });
    if (!call.waitForEnd) return { executionId: id, outputs: [] };

    const end = await ended;
    if (end.status !== 'success') throw new SubworkflowError(workflow.json.name, end);
    return { executionId: id, outputs: outputsOf(end) };
  };

  /** The draft for the direct child of a manual run, else what is published. */
  async function find(
    { workflow }: SubworkflowCall,
    parent: Parameters<EnginePorts['runWorkflow']>[1],
  ): Promise<LoadedWorkflow> {
    if ('json' in workflow)
      return workflows.snapshot(parent.workflowId, readWorkflow(workflow.json));
    if (parent.mode === 'manual') return workflows.draft(workflow.id);
    const published = await workflows.published(workflow.id);
    if (!published) throw new SubworkflowError(workflow.id);
    return published;
  }
}

const readWorkflow = (json: object): WorkflowJson => ({
  name: 'name' in json && typeof json.name === 'string' ? json.name : 'Sub-workflow',
  nodes: 'nodes' in json && Array.isArray(json.nodes) ? json.nodes : [],
  connections: {},
  ...json,
});

/** `callerPolicy`: who may call this workflow; absent, workflows of the same project. */
async function refuseForeignCaller(
  db: Database,
  { id, json }: LoadedWorkflow,
  callerId: string,
): Promise<void> {
  const { callerPolicy = 'workflowsFromSameOwner', callerIds = '' } = json.settings ?? {};
  if (id === callerId || callerPolicy === 'any') return;
  const isListed = callerIds.split(',').some((each) => each.trim() === callerId);
  if (callerPolicy === 'workflowsFromAList' && isListed) return;
  if (callerPolicy === 'workflowsFromSameOwner' && (await shareProject(db, id, callerId))) return;
  throw new SubworkflowError(json.name, undefined, 'This workflow may not be called from here');
}

async function shareProject(db: Database, ...ids: readonly string[]): Promise<boolean> {
  const rows = await db.source
    .getRepository(WorkflowEntity)
    .find({ where: ids.map((id) => ({ id })), select: { projectId: true } });
  return new Set(rows.map(({ projectId }) => projectId)).size === 1;
}

const START_TYPES = ['executeWorkflowTrigger', 'manualTrigger'];

function startNodeOf({ nodes }: WorkflowJson): NodeJson | undefined {
  const enabled = nodes.filter(({ disabled }) => disabled !== true);
  for (const type of START_TYPES) {
    const found = enabled.find((node) => node.type.endsWith(`.${type}`));
    if (found) return found;
  }
  return undefined;
}

/** What the node that ran last put out, over all its runs. */
function outputsOf({ runs, lastNode }: ExecutionEnd): Item[][] {
  const outputs: Item[][] = [];
  for (const run of runs) {
    if (run.node !== lastNode) continue;
    for (const [index, batch] of run.outputs.entries())
      (outputs[index] ??= []).push(...(batch ?? []));
  }
  return Array.from(outputs, (batch) => batch ?? []);
}
