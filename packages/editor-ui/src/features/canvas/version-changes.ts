import type { WorkflowJson } from '@millrace/workflow/graph';

/** What became of nodes between two states of a workflow, by node name. */
export interface VersionChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** How `after` differs from `before`. Places on the canvas do not count: moving a node changes nothing. */
export function changesBetween(before: WorkflowJson, after: WorkflowJson): VersionChanges {
  const old = contentsOf(before);
  const now = contentsOf(after);
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now].flatMap(([name, text]) =>
      old.has(name) && old.get(name) !== text ? [name] : [],
    ),
  };
}

/** Each node without its place and id, with its wires, as text to compare. */
const contentsOf = ({ nodes, connections }: WorkflowJson) =>
  new Map(
    nodes.map(({ position: _place, id: _id, ...node }) => [
      node.name,
      JSON.stringify([sorted(node), connections[node.name] ?? {}]),
    ]),
  );

/** Keys in one order: two saves of the same node are the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
