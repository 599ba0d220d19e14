import type { ErrorData } from '../items/index.ts';
import type { Execution } from './execution.ts';

/** What keeps a workflow from beginning: a required parameter is missing, or a type is unknown (n8n-facts A3.8). */
export function findIssues(
  execution: Execution,
  reachable: ReadonlySet<string>,
): ErrorData | undefined {
  const { request, graph, planOf } = execution;
  const pins = request.mode === 'manual' ? request.workflow.pinData : undefined;
  for (const name of reachable) {
    const node = graph.nodes.get(name);
    if (!node || node.disabled || pins?.[name]) continue;
    const { issue } = planOf(name);
    if (issue !== undefined) {
      return {
        message: `The '${name}' node has issues:\n- ${issue}`,
        name: 'WorkflowHasIssuesError',
        code: 'GRAPH_INVALID',
        fix: `Open "${name}" and correct it`,
        node: name,
      };
    }
  }
  return undefined;
}
