import type { Problem, WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';

/** What stands in the way of running a drawing. */
export function problemsOf(workflow: WorkflowJson, registry: NodeRegistry): Problem[] {
  return workflow.nodes
    .filter((node) => !node.disabled && !registry.find(node.type, node.typeVersion))
    .map((node) => ({
      code: 'NODE_TYPE_UNKNOWN',
      message: `Node "${node.name}" is of type ${node.type} ${node.typeVersion}, which is not installed`,
      fix: 'Install the package it comes from, or remove the node',
      node: node.name,
      severity: 'error',
    }));
}
