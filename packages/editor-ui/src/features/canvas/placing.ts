import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import type { Wire } from '../workflow-editor/index.ts';

const STEP_X = 260;
const STEP_Y = 120;

/** Where a node goes that follows `node`: to its right, below whatever stands there. */
export function placeAfter(workflow: WorkflowJson, node: NodeJson): readonly [number, number] {
  return freeSpot(workflow, [node.position[0] + STEP_X, node.position[1]]);
}

/** The wanted place, or the first below it where nothing stands. */
export function freeSpot(
  workflow: WorkflowJson,
  [x, wantedY]: readonly [number, number],
): readonly [number, number] {
  let y = wantedY;
  const isTaken = () =>
    workflow.nodes.some(
      ({ position }) => Math.abs(position[0] - x) < 200 && Math.abs(position[1] - y) < 80,
    );
  while (isTaken()) y += STEP_Y;
  return [Math.round(x / 20) * 20, Math.round(y / 20) * 20];
}

/** Moves all that lies downstream of a wire's end to the right, so that a node fits in between. */
export function makeRoom(
  workflow: WorkflowJson,
  wires: readonly Wire[],
  wire: Wire,
): Readonly<Record<string, readonly [number, number]>> {
  const nodes = new Map(workflow.nodes.map((node) => [node.name, node]));
  const from = nodes.get(wire.from);
  const to = nodes.get(wire.to);
  if (!from || !to) return {};
  const missing = from.position[0] + 2 * STEP_X - to.position[0];
  if (missing <= 0 || to.position[0] <= from.position[0]) return {};

  const moved = new Map<string, readonly [number, number]>();
  const ahead = [wire.to];
  while (ahead.length > 0) {
    const name = ahead.pop() ?? '';
    const node = nodes.get(name);
    if (!node || moved.has(name) || name === wire.from) continue;
    moved.set(name, [node.position[0] + missing, node.position[1]]);
    ahead.push(...wires.filter((each) => each.from === name).map((each) => each.to));
  }
  return Object.fromEntries(moved);
}
