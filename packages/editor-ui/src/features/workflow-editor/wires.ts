import * as graph from '@millrace/workflow/graph';
import type { WiredCount } from './node-ports.ts';

/** A wire with both its ends, by node name; its type is always said. */
export type Wire = graph.Wire & { readonly type: string };

/** All wires of a workflow, in the order they are saved. */
export const wiresOf = (workflow: graph.WorkflowJson): readonly Wire[] =>
  graph.wiresOf(workflow).map((wire) => ({ ...wire, type: wire.type ?? 'main' }));

/** A stable name for a wire: an id for the canvas, a key for counts. */
export const wireKey = ({ from, type, output, to, input }: Wire): string =>
  JSON.stringify([from, type, output, to, input]);

/** How many `main` ports of each node the wires need. */
export function wiredCounts(wires: readonly Wire[]): ReadonlyMap<string, WiredCount> {
  const counts = new Map<string, WiredCount>();
  const grow = (node: string, inputs: number, outputs: number) => {
    const before = counts.get(node) ?? { inputs: 0, outputs: 0 };
    counts.set(node, {
      inputs: Math.max(before.inputs, inputs),
      outputs: Math.max(before.outputs, outputs),
    });
  };
  for (const { from, output, to, input, type } of wires) {
    if (type !== 'main') continue;
    grow(from, 0, output + 1);
    grow(to, input + 1, 0);
  }
  return counts;
}
