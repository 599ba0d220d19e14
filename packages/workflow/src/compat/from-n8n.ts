import { parseWorkflow, type NodeJson, type ParsedWorkflow, type Problem } from '../graph/index.ts';
import type { NodeRegistry } from '../node-api/index.ts';

/** Types n8n has removed, and what does their work now. */
const REPLACED: ReadonlyMap<string, string> = new Map([
  ['n8n-nodes-base.start', 'n8n-nodes-base.manualTrigger'],
]);

export interface ImportedWorkflow extends ParsedWorkflow {
  /** The problems as sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads an n8n export. Nothing is dropped: a node whose type nobody has is kept as it is, and named.
 *
 * @param registry - The types there are; without one, only what was mapped is reported.
 */
export function fromN8n(json: unknown, registry?: NodeRegistry): ImportedWorkflow {
  const { workflow, problems } = parseWorkflow(json);
  const found: Problem[] = [...problems];

  const nodes = workflow.nodes.map((node): NodeJson => {
    const replacement = REPLACED.get(node.type);
    if (replacement !== undefined) {
      found.push(
        notice(
          node,
          `"${node.type}" is gone; "${node.name}" is now "${replacement}"`,
          'Nothing: it works the same',
        ),
      );
      return { ...node, type: replacement, typeVersion: 1 };
    }
    if (registry && !registry.find(node.type, node.typeVersion)) {
      const isKnown = registry.find(node.type) !== undefined;
      found.push(
        notice(
          node,
          isKnown
            ? `"${node.type}" has no version ${node.typeVersion}`
            : `No installed package brings "${node.type}"`,
          isKnown ? 'Set a version there is' : 'Install the package, or replace the node',
        ),
      );
    }
    return node;
  });
  return {
    workflow: { ...workflow, nodes },
    problems: found,
    notes: found.map(({ message }) => message),
  };
}

const notice = (node: NodeJson, message: string, fix: string): Problem => ({
  code: 'NODE_TYPE_UNKNOWN',
  message,
  fix,
  node: node.name,
  field: 'type',
  severity: 'warning',
});
