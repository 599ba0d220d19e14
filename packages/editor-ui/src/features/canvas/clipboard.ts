import {
  parseWorkflow,
  type NodeJson,
  type WorkflowCommand,
  type WorkflowJson,
} from '@millrace/workflow/graph';

/** These nodes and the wires between them as n8n's JSON text: readable here, in n8n, in a chat. */
export function toClip(workflow: WorkflowJson, names: readonly string[]): string {
  const chosen = new Set(names);
  const connections = Object.fromEntries(
    Object.entries(workflow.connections)
      .filter(([from]) => chosen.has(from))
      .map(([from, byType]) => [
        from,
        Object.fromEntries(
          Object.entries(byType).map(([type, outputs]) => [
            type,
            outputs.map((ends) => (ends ?? []).filter(({ node }) => chosen.has(node))),
          ]),
        ),
      ]),
  );
  const pins = Object.entries(workflow.pinData ?? {}).filter(([name]) => chosen.has(name));
  return JSON.stringify(
    {
      nodes: workflow.nodes.filter(({ name }) => chosen.has(name)),
      connections,
      ...(pins.length > 0 && { pinData: Object.fromEntries(pins) }),
    },
    null,
    2,
  );
}

/**
 * The paste command for a clip, set down around `at`.
 *
 * @returns `undefined` when the text is no workflow: the paste is left to the page.
 */
export function fromClip(
  text: string,
  at: readonly [number, number],
): Extract<WorkflowCommand, { type: 'paste' }> | undefined {
  const clip = parsed(text);
  if (!clip || clip.nodes.length === 0) return undefined;
  const corner = (axis: 0 | 1) => Math.min(...clip.nodes.map(({ position }) => position[axis]));
  const offset = [onGrid(at[0] - corner(0)), onGrid(at[1] - corner(1))] as const;
  return {
    type: 'paste',
    nodes: clip.nodes.map(withFreshWebhook),
    connections: clip.connections,
    ...(clip.pinData && { pinData: clip.pinData }),
    offset,
    ids: clip.nodes.map(() => crypto.randomUUID()),
  };
}

function parsed(text: string): WorkflowJson | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('nodes' in json)) return undefined;
    return parseWorkflow(json).workflow;
  } catch {
    // Any text may be on the clipboard; what is no workflow is not ours.
    return undefined;
  }
}

/** Two webhooks with one id would answer for each other. */
const withFreshWebhook = (node: NodeJson): NodeJson =>
  node.webhookId ? { ...node, webhookId: crypto.randomUUID() } : node;

const onGrid = (value: number) => Math.round(value / 20) * 20;

/** Names of the nodes a command would add that the workflow did not have. */
export const addedNames = (before: WorkflowJson, after: WorkflowJson): readonly string[] => {
  const known = new Set(before.nodes.map(({ name }) => name));
  return after.nodes.map(({ name }) => name).filter((name) => !known.has(name));
};
