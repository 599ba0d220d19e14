import { validateWorkflow, type Problem, type WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';

/**
 * What keeps a workflow from being published: nodes that can never run. Everything else validation
 * finds (an expression that fails, a parameter left empty) may stand in a branch that is not taken,
 * or be what an error branch is for; the editor shows it, and the run tells.
 */
export function publishBlockers(workflow: WorkflowJson, registry: NodeRegistry): Problem[] {
  return validateWorkflow(workflow, registry).filter(
    ({ severity, code }) => severity === 'error' && code === 'NODE_TYPE_UNKNOWN',
  );
}
