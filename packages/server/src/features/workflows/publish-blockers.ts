import { validateWorkflow, type Problem, type WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';

/**
 * What keeps a workflow from being published: nodes that can never run. Everything else validation
 * finds (an expression that fails, a parameter left empty) may stand in a branch that is not taken,
 * or be what an error branch is for; the editor shows it, and the run tells.
 */
export function publishBlockers(workflow: WorkflowJson, registry: NodeRegistry): Problem[] {
  const runnable = workflow.nodes.filter(({ type }) => !NOTES.has(type));
  return validateWorkflow({ ...workflow, nodes: runnable }, registry).filter(
    ({ severity, code }) => severity === 'error' && code === 'NODE_TYPE_UNKNOWN',
  );
}

/** Paper on the canvas: drawn, never run. */
const NOTES = new Set(['n8n-nodes-base.stickyNote']);
