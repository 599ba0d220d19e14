import type { EvaluationScope } from '../../expression/index.ts';
import type { JsonObject } from '../../items/index.ts';

/**
 * What code in the sandbox starts with, as plain data: the simple `$` variables for one item, and all items.
 * Other nodes' data is looked up on demand (`hostCall`), so that it is shipped only when it is used.
 */
export function codeScope(scope: EvaluationScope, itemIndex: number): JsonObject {
  const { input, workflow, mode, sources } = scope;
  const item = input[itemIndex];
  const [source] = sources;
  return {
    $json: item?.json ?? {},
    $binary: item?.binary ?? {},
    $itemIndex: itemIndex,
    $runIndex: scope.runIndex,
    $mode: mode,
    $items: input,
    $workflow: { id: workflow.id, name: workflow.name, active: workflow.active },
    $execution: {
      id: scope.executionId,
      mode: mode === 'manual' ? 'test' : 'production',
      resumeUrl: scope.resumeUrl,
      customData: scope.customData?.getAll() ?? {},
    },
    $prevNode: {
      name: source?.previousNode,
      outputIndex: source?.previousNodeOutput ?? 0,
      runIndex: source?.previousNodeRun ?? 0,
    },
    $vars: scope.vars,
    $nodeName: scope.node.name,
    $nodeId: scope.node.id,
    $nodeVersion: scope.node.typeVersion,
    $parameter: scope.parameters(itemIndex),
    $timezone: scope.timezone,
    $nodeNames: [...workflow.nodes.keys()],
  };
}
