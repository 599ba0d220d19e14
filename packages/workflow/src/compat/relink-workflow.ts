import type { NodeJson, WorkflowJson } from '../graph/index.ts';
import { isPlainObject } from '../graph/plain-object.ts';
import type { JsonObject } from '../items/index.ts';

/**
 * The workflow with its references to other workflows (sub-workflows, the error workflow) changed to the
 * ids those have here. The same object when it has none.
 *
 * @param ids - From the id in the file to the id here.
 */
export function relinkWorkflow(
  workflow: WorkflowJson,
  ids: ReadonlyMap<string, string>,
): WorkflowJson {
  const nodes = workflow.nodes.map((node) => relinkNode(node, ids));
  const errorWorkflow = ids.get(workflow.settings?.errorWorkflow ?? '');
  const isSame = nodes.every((node, index) => node === workflow.nodes[index]);
  if (isSame && errorWorkflow === undefined) return workflow;
  return {
    ...workflow,
    nodes,
    ...(errorWorkflow !== undefined && { settings: { ...workflow.settings, errorWorkflow } }),
  };
}

/** Nodes name a workflow as text or by a resource locator, under the same parameter. */
function relinkNode(node: NodeJson, ids: ReadonlyMap<string, string>): NodeJson {
  const { workflowId } = node.parameters;
  const parameters = (changed: unknown): JsonObject => ({
    ...node.parameters,
    workflowId: changed,
  });
  if (isPlainObject(workflowId)) {
    const id = ids.get(String(workflowId['value']));
    return id === undefined
      ? node
      : { ...node, parameters: parameters({ ...workflowId, value: id }) };
  }
  const id = ids.get(String(workflowId));
  return id === undefined ? node : { ...node, parameters: parameters(id) };
}
