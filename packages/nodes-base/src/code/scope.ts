import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/** Read from expressions only when the code names them: each costs an evaluation. */
const ON_DEMAND: readonly (readonly [name: string, expression: string])[] = [
  [
    '$prevNode',
    '={{ { name: $prevNode.name, outputIndex: $prevNode.outputIndex, runIndex: $prevNode.runIndex } }}',
  ],
  ['$vars', '={{ $vars }}'],
];

/** The plain variables a body sees, apart from those the guest makes of the items. */
export function codeScope(context: ExecuteContext, source: string): JsonObject {
  const { workflow, node, mode, executionId, resumeUrl, runIndex } = context;
  const scope: Record<string, unknown> = {
    $workflow: { id: workflow.id, name: workflow.name, active: workflow.active },
    $execution: {
      id: executionId,
      mode: mode === 'manual' ? 'test' : 'production',
      resumeUrl,
      resumeFormUrl: resumeUrl.replace('/webhook-waiting/', '/form-waiting/'),
    },
    $executionId: executionId,
    $mode: mode,
    $runIndex: runIndex,
    $thisRunIndex: runIndex,
    $nodeId: node.id,
    $nodeVersion: node.typeVersion,
  };
  for (const [name, expression] of ON_DEMAND) {
    if (source.includes(name)) scope[name] = context.evaluate(expression, 0);
  }
  return scope;
}
