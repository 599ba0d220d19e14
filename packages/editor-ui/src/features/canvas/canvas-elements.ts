import { isNote, type NodeJson } from '@millrace/workflow/graph';
import type { NodeDescription } from '@millrace/workflow/node-api';
import {
  portsOf,
  wireKey,
  wiredCounts,
  type NodePorts,
  type Wire,
} from '../workflow-editor/index.ts';

/** Narrow enough that wires show in workflows drawn elsewhere, whose nodes often stand 220 apart. */
export const CARD_WIDTH = 172;

/** What a card on the canvas is drawn from. */
export interface CardData {
  readonly node: NodeJson;
  readonly description: NodeDescription | undefined;
  readonly ports: NodePorts;
  /** Outputs (by handle id) that lead somewhere: no add button there. */
  readonly wiredOutputs: ReadonlySet<string>;
}

/** Ids of handles, as Vue Flow and our drop logic read them. */
export const handleId = (side: 'in' | 'out', type: string, index: number): string =>
  `${side}/${type}/${index}`;

/** Type and index of a port from its handle's id; `undefined` for anything else. */
export function parseHandle(id: string | null | undefined) {
  const [side, type, index] = id?.split('/') ?? [];
  if ((side !== 'in' && side !== 'out') || !type || index === undefined) return undefined;
  return { side, type, index: Number(index) };
}

/** Nodes in Vue Flow's form. */
export function cardsOf(
  nodes: readonly NodeJson[],
  wires: readonly Wire[],
  find: (node: NodeJson) => NodeDescription | undefined,
) {
  const counts = wiredCounts(wires);
  const outputs = new Map(
    [...Map.groupBy(wires, ({ from }) => from)].map(([from, own]) => [
      from,
      new Set(own.map(({ type, output }) => handleId('out', type, output))),
    ]),
  );
  return nodes.map((node) => {
    const description = find(node);
    const data: CardData = {
      node,
      description,
      ports: portsOf(node, description, counts.get(node.name) ?? { inputs: 0, outputs: 0 }),
      wiredOutputs: outputs.get(node.name) ?? new Set(),
    };
    const isSticky = isNote(node);
    return {
      id: node.id,
      type: isSticky ? 'sticky' : 'card',
      position: { x: node.position[0], y: node.position[1] },
      data,
      zIndex: isSticky ? -1 : 1,
      ariaLabel: node.name,
    };
  });
}

/** Wires in Vue Flow's form. Wires to or from nodes that are not there are left out. */
export function linesOf(wires: readonly Wire[], nodes: ReadonlyMap<string, NodeJson>) {
  return wires.flatMap((wire) => {
    const source = nodes.get(wire.from);
    const target = nodes.get(wire.to);
    if (!source || !target) return [];
    return [
      {
        id: wireKey(wire),
        type: 'wire',
        source: source.id,
        target: target.id,
        sourceHandle: handleId('out', wire.type, wire.output),
        targetHandle: handleId('in', wire.type, wire.input),
        data: { wire },
      },
    ];
  });
}

/** Height of a card: it grows with its ports so that none overlap. */
export const cardHeight = ({ inputs, outputs }: NodePorts): number =>
  Math.max(64, 24 * Math.max(count(inputs), count(outputs)) + 16);

const count = (ports: NodePorts['inputs']) => ports.filter(({ type }) => type === 'main').length;
