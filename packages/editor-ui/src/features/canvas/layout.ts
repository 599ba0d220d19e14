import { graphlib, layout } from '@dagrejs/dagre';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

const GRID = 20;

/**
 * Positions (top left, canvas pixels) that read left to right, on the grid.
 *
 * The block keeps its top left corner at `origin`, so that tidying up a part moves nothing else.
 */
export function tidyUp(
  boxes: readonly Box[],
  links: readonly Link[],
  origin: readonly [number, number],
): ReadonlyMap<string, readonly [number, number]> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 88 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { from, to } of links) {
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  }
  layout(graph);

  const corners = boxes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id);
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return new Map(
    corners.map(({ id, x, y }) => [
      id,
      [onGrid(x - left + origin[0]), onGrid(y - top + origin[1])],
    ]),
  );
}

const onGrid = (value: number): number => Math.round(value / GRID) * GRID;
