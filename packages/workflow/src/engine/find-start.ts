import type { NodeJson, WorkflowJson } from '../graph/index.ts';
import { createGraph } from '../graph/index.ts';
import type { NodeRegistry, NodeType } from '../node-api/index.ts';

/**
 * The node an execution begins with when nothing says which (n8n-facts A3.5).
 *
 * @param destination - Only roots that lead to this node count.
 * @param prefer - A type to take first: a sub-workflow's own trigger, the error trigger.
 */
export function findStartNode(
  workflow: WorkflowJson,
  registry: NodeRegistry,
  { destination, prefer }: { readonly destination?: string; readonly prefer?: string } = {},
): NodeJson | undefined {
  const candidates = destination === undefined ? workflow.nodes : leadingTo(workflow, destination);
  const enabled = candidates.filter((node) => !node.disabled);
  const preferred = enabled.find((node) => prefer !== undefined && node.type === prefer);
  if (preferred) return preferred;
  const [first] = enabled;
  if (candidates.length === 1 && first) return first;
  const trigger = enabled.find((node) => {
    const type = registry.find(node.type, node.typeVersion);
    return type !== undefined && isEventTrigger(type);
  });
  if (trigger) return trigger;
  const known = START_TYPES.map((type) =>
    enabled.find((node) => node.type.endsWith(`.${type}`)),
  ).find((node) => node !== undefined);
  return known ?? enabled.find((node) => isOfTrigger(node, registry));
}

/** One that only answers calls, such as a webhook: begins an execution by hand when nothing else can. */
function isOfTrigger({ type, typeVersion }: NodeJson, registry: NodeRegistry): boolean {
  const found = registry.find(type, typeVersion);
  return found !== undefined && isTrigger(found);
}

const START_TYPES = [
  'manualTrigger',
  'executeWorkflowTrigger',
  'errorTrigger',
  'evaluationTrigger',
  'formTrigger',
];

/** Whether a node begins executions: it takes no main input. */
export const isTrigger = ({ description }: NodeType): boolean =>
  description.group.includes('trigger') ||
  (Array.isArray(description.inputs) && description.inputs.length === 0);

/** One that looks out for events itself, as against those that are started by hand, a call or another workflow. */
const isEventTrigger = (type: NodeType): boolean =>
  isTrigger(type) &&
  (type.webhook === undefined || type.schedules !== undefined || type.poll !== undefined) &&
  !START_TYPES.some((each) => type.description.name.endsWith(`.${each}`));

function leadingTo(workflow: WorkflowJson, destination: string): readonly NodeJson[] {
  const graph = createGraph(workflow);
  const above = graph.ancestors(destination);
  const roots = graph.roots().filter((name) => above.has(name) || name === destination);
  return roots.flatMap((name) => graph.nodes.get(name) ?? []);
}
