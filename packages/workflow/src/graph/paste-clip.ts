import type { WorkflowCommand } from './commands.types.ts';
import { mapConnectionNodes } from './connections.ts';
import { recordOf } from './plain-object.ts';
import { renameReferences } from './rename-references.ts';
import type { NodeJson, WorkflowJson } from './workflow-json.ts';

/** Adds a clip of nodes; names in use get a number, and references within the clip follow. */
export function pasteClip(
  workflow: WorkflowJson,
  clip: Extract<WorkflowCommand, { type: 'paste' }>,
): WorkflowJson {
  const taken = new Set(workflow.nodes.map((node) => node.name));
  const names = new Map<string, string>();
  for (const { name } of clip.nodes) {
    const free = uniqueName(name, taken);
    taken.add(free);
    names.set(name, free);
  }
  const [dx, dy] = clip.offset ?? [0, 0];
  const nodes = clip.nodes.map((node, index): NodeJson => ({
    ...node,
    id: clip.ids?.[index] ?? node.id,
    name: names.get(node.name) ?? node.name,
    position: [node.position[0] + dx, node.position[1] + dy],
    parameters: renameReferences(node.parameters, names),
  }));
  const wires = mapConnectionNodes(clip.connections, (name) => names.get(name));
  const pins = Object.entries(clip.pinData ?? {}).flatMap(([name, items]) => {
    const renamed = names.get(name);
    return renamed === undefined ? [] : [[renamed, items] as const];
  });
  const pasted: WorkflowJson = {
    ...workflow,
    nodes: [...workflow.nodes, ...nodes],
    connections: recordOf([...Object.entries(workflow.connections), ...Object.entries(wires)]),
  };
  if (pins.length === 0) return pasted;
  return { ...pasted, pinData: recordOf([...Object.entries(workflow.pinData ?? {}), ...pins]) };
}

/** The name itself when free, else with the next number: `Set`, `Set1`, `Set2`. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/\d+$/, '') || wanted;
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}
