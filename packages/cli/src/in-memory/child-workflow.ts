import type { EnginePorts, ExecutionOutcome } from '@millrace/workflow/engine';
import { NodeError, NotFoundError } from '@millrace/workflow/errors';
import { parseWorkflow, type NodeJson, type WorkflowJson } from '@millrace/workflow/graph';
import type { SubworkflowCall, SubworkflowResult } from '@millrace/workflow/node-api';

interface Known {
  readonly workflow: WorkflowJson;
  readonly others?: readonly WorkflowJson[];
  readonly arePublished?: boolean;
}

/**
 * The workflow a node calls (n8n-facts A10.53, A10.56).
 *
 * @throws {NotFoundError | NodeError} when there is none, it is not published, or it may not be called.
 */
export function findChild(
  call: SubworkflowCall,
  { mode, workflowId }: Pick<Parameters<EnginePorts['runWorkflow']>[1], 'mode' | 'workflowId'>,
  { workflow, others = [], arePublished = false }: Known,
): WorkflowJson {
  if ('json' in call.workflow) return parseWorkflow(call.workflow.json).workflow;
  const { id } = call.workflow;
  const known = [workflow, ...others];
  const child = known.find((each) => each.id === id) ?? known.find((each) => each.name === id);
  if (!child) throw new NotFoundError('workflow', id);

  if (mode !== 'manual' && !arePublished && child.active !== true) {
    throw new NodeError(
      'Workflow is not active and cannot be executed.',
      { node: child.name },
      { fix: `Publish "${child.name}": only the direct child of a manual run is taken as a draft` },
    );
  }
  if (!mayCall(child, workflowId)) {
    throw new NodeError(
      `The workflow "${child.name}" may not be called from here`,
      { node: child.name },
      { fix: 'Change who may call it in its settings' },
    );
  }
  return child;
}

/** Here all workflows belong to the same owner. */
function mayCall({ id, settings }: WorkflowJson, callerId: string): boolean {
  if (id === callerId) return true;
  if (settings?.callerPolicy === 'none') return false;
  if (settings?.callerPolicy !== 'workflowsFromAList') return true;
  return (settings.callerIds ?? '').split(',').some((each) => each.trim() === callerId);
}

const CHILD_STARTS = ['n8n-nodes-base.executeWorkflowTrigger', 'n8n-nodes-base.manualTrigger'];

/** Where a child begins; `undefined` leaves it to the engine. */
export const childStart = (workflow: WorkflowJson): NodeJson | undefined =>
  CHILD_STARTS.map((type) =>
    workflow.nodes.find((node) => node.type === type && !node.disabled),
  ).find((node) => node !== undefined);

/** What a child gives its caller: all its last node put out. @throws the child's own error. */
export function lastOutputs(outcome: ExecutionOutcome): SubworkflowResult['outputs'] {
  if (outcome.status === 'error' || outcome.status === 'canceled') {
    throw Object.assign(new Error(outcome.error?.message ?? 'The sub-workflow was stopped'), {
      name: outcome.error?.name ?? 'Error',
    });
  }
  const runs = outcome.runs.filter(({ node }) => node === outcome.lastNode);
  const width = Math.max(0, ...runs.map(({ outputs }) => outputs.length));
  return Array.from({ length: width }, (_, output) =>
    runs.flatMap((run) => run.outputs[output] ?? []),
  );
}
