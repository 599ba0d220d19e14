import type { ExecutionState, StepView, Task } from './state.types.ts';

/**
 * Order v0: a join that gets its first data makes the branches of its other inputs run too (n8n-facts A6.24).
 *
 * From each other input the walk goes up through nodes that have not run; where it cannot go further, that
 * node is given one empty item. A branch that is under way already is left alone.
 *
 * @param from - The node whose data has just been parked: it has run, even if it is not recorded yet.
 */
export function forcedTasks(
  view: StepView,
  state: ExecutionState,
  join: string,
  arrivedInput: number,
  from: string,
): Task[] {
  const { graph } = view;
  const ready = new Set(state.ready.map((task) => task.node));
  const isUnderWay = (name: string) => ready.has(name) || state.waiting.has(name);
  const hasRun = (name: string) => name === from || view.hasRun(name);
  const forced = new Set<string>();
  const seen = new Set<string>([join]);

  const visit = (name: string) => {
    if (seen.has(name) || hasRun(name) || isUnderWay(name)) return;
    seen.add(name);
    const parents = graph.incoming(name).flatMap((wires) => wires.map((wire) => wire.from));
    const unrun = parents.filter((parent) => !hasRun(parent) && parent !== join);
    if (unrun.length === 0) forced.add(name);
    for (const parent of unrun) visit(parent);
  };

  for (const [input, wires] of graph.incoming(join).entries()) {
    if (input === arrivedInput) continue;
    for (const wire of wires) visit(wire.from);
  }
  return [...forced].map((node) => ({ node, inputs: [[{ json: {} }]], sources: [null] }));
}
