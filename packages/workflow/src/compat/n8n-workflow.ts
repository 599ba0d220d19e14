import { parseWorkflow, type WorkflowJson } from '../graph/index.ts';

/** What an import did beside copying: said, never silent. */
export interface ImportNote {
  readonly node?: string;
  readonly message: string;
}

/** Types n8n removed, and what does their work now (n8n-facts C12). */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['n8n-nodes-base.start', 'n8n-nodes-base.manualTrigger'],
]);

const REMOVED = new Set(
  ['spontit', 'crowdDev', 'kitemaker'].map((name) => `n8n-nodes-base.${name}`),
);

/**
 * A workflow from n8n's JSON. Unknown node types and keys are kept as they are; what was changed,
 * cannot work or was malformed is told in `notes`.
 *
 * @throws {MillraceError} when it is no workflow at all.
 */
export function fromN8n(json: unknown): {
  readonly workflow: WorkflowJson;
  readonly notes: readonly ImportNote[];
} {
  const { workflow, problems } = parseWorkflow(json);
  const notes: ImportNote[] = problems.map(({ node, message }) => ({
    ...(node && { node }),
    message,
  }));
  const nodes = workflow.nodes.map((node) => {
    const successor = SUCCESSORS.get(node.type);
    if (successor) notes.push({ node: node.name, message: `${node.type} became ${successor}` });
    if (REMOVED.has(node.type))
      notes.push({
        node: node.name,
        message: `${node.type} no longer exists and fails when reached`,
      });
    return successor ? { ...node, type: successor, typeVersion: 1 } : node;
  });
  return { workflow: { ...workflow, nodes }, notes };
}

/** A workflow as n8n reads it: its keys only, nothing of ours, no secrets (credentials are references). */
export function toN8n(workflow: WorkflowJson): object {
  const { name, nodes, connections, settings, pinData } = workflow;
  return {
    name,
    nodes,
    connections,
    settings: settings ?? {},
    ...(pinData && { pinData }),
  };
}
