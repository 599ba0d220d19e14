import type { NodeJson } from '@millrace/workflow/graph';
import type { Wire } from '../workflow-editor/index.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node an arrow key goes to: along a wire sideways, else to the nearest that way.
 *
 * @returns The first node when none is selected; `undefined` when there is nothing that way.
 */
export function neighbour(
  nodes: readonly NodeJson[],
  wires: readonly Wire[],
  from: string | undefined,
  direction: Direction,
): string | undefined {
  const start = nodes.find(({ name }) => name === from);
  if (!start) return nodes.toSorted((a, b) => a.position[0] - b.position[0])[0]?.name;
  const wired = alongWire(wires, start.name, direction);
  if (wired) return wired;

  const ahead = nodes
    .filter((node) => node !== start)
    .map((node) => ({ name: node.name, ...measure(start, node, direction) }))
    .filter(({ distance, drift }) => distance > 0 && drift <= distance * 2);
  return ahead.toSorted((a, b) => a.distance + a.drift * 2 - (b.distance + b.drift * 2))[0]?.name;
}

function alongWire(wires: readonly Wire[], name: string, direction: Direction): string | undefined {
  if (direction === 'right') return wires.find((wire) => wire.from === name)?.to;
  if (direction === 'left') return wires.find((wire) => wire.to === name)?.from;
  return undefined;
}

/** How far ahead, and how far aside. */
function measure(from: NodeJson, to: NodeJson, direction: Direction) {
  const dx = to.position[0] - from.position[0];
  const dy = to.position[1] - from.position[1];
  const isSideways = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  return {
    distance: sign * (isSideways ? dx : dy),
    drift: Math.abs(isSideways ? dy : dx),
  };
}
