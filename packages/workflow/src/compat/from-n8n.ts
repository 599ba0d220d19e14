import { parseWorkflow, type NodeJson, type WorkflowJson } from '../graph/index.ts';
import type { NodeRegistry } from '../node-api/index.ts';
import { neededCredentials, unknownNode, type ImportReport } from './import-report.ts';

/** Types n8n has removed, and what does their work now. */
const REPLACED: ReadonlyMap<string, string> = new Map([
  ['n8n-nodes-base.start', 'n8n-nodes-base.manualTrigger'],
]);

export interface ImportedWorkflow {
  readonly workflow: WorkflowJson;
  readonly report: ImportReport;
}

/**
 * Reads an n8n workflow. Nothing is dropped silently: a node whose type nobody has is kept as it is, and
 * named in the report.
 *
 * @param registry - The types there are.
 */
export function fromN8n(json: unknown, registry: NodeRegistry): ImportedWorkflow {
  const { workflow, problems } = parseWorkflow(json);
  const mapped: ImportReport['mapped'][number][] = [];
  const nodes = workflow.nodes.map((node): NodeJson => {
    const to = REPLACED.get(node.type);
    if (to === undefined) return node;
    mapped.push({ node: node.name, from: node.type, to });
    return { ...node, type: to, typeVersion: 1 };
  });
  const unknown = nodes.flatMap((node) => unknownNode(node, registry) ?? []);
  return {
    workflow: { ...workflow, nodes },
    report: { mapped, credentials: neededCredentials(nodes), unknown, problems },
  };
}
