import { recordOf } from './plain-object.ts';
import type { ConnectionsJson, WireEnd, WorkflowJson } from './workflow-json.ts';

/** One wire, flat: from an output of one node to an input of another. */
export interface Wire {
  readonly from: string;
  /** Output index. */
  readonly output: number;
  readonly to: string;
  /** Input index. */
  readonly input: number;
  /** `main` when absent. */
  readonly type?: string;
}

/** Every wire of a workflow, in the order the JSON holds them. */
export function wiresOf({ connections }: Pick<WorkflowJson, 'connections'>): Wire[] {
  const wires: Wire[] = [];
  for (const [from, byType] of Object.entries(connections)) {
    for (const [type, outputs] of Object.entries(byType)) {
      for (const [output, ends] of outputs.entries()) {
        for (const end of ends ?? []) {
          wires.push({ from, output, to: end.node, input: end.index, type });
        }
      }
    }
  }
  return wires;
}

/** Adds a wire; the same connections when it is there already. */
export function withWire(connections: ConnectionsJson, wire: Wire): ConnectionsJson {
  const type = wire.type ?? 'main';
  const outputs = [...(connections[wire.from]?.[type] ?? [])];
  while (outputs.length <= wire.output) outputs.push([]);
  const ends = outputs[wire.output] ?? [];
  if (ends.some((end) => isEnd(end, wire))) return connections;
  outputs[wire.output] = [...ends, { node: wire.to, type, index: wire.input }];
  return withOutputs(connections, wire.from, type, outputs);
}

/** Takes a wire away; the same connections when it is not there. */
export function withoutWire(connections: ConnectionsJson, wire: Wire): ConnectionsJson {
  const type = wire.type ?? 'main';
  const outputs = connections[wire.from]?.[type];
  const ends = outputs?.[wire.output];
  if (!outputs || !ends?.some((end) => isEnd(end, wire))) return connections;
  const kept = ends.filter((end) => !isEnd(end, wire));
  return withOutputs(connections, wire.from, type, outputs.with(wire.output, kept));
}

/** Rewrites or drops ends and sources by node name: `rename` gives the new name or `undefined` to drop. */
export function mapConnectionNodes(
  connections: ConnectionsJson,
  rename: (name: string) => string | undefined,
): ConnectionsJson {
  const renameEnds = (ends: readonly WireEnd[] | null) =>
    ends &&
    ends.flatMap((end) => {
      const node = rename(end.node);
      return node === undefined ? [] : [node === end.node ? end : { ...end, node }];
    });
  return recordOf(
    Object.entries(connections).flatMap(([from, byType]) => {
      const name = rename(from);
      if (name === undefined) return [];
      const types = Object.entries(byType).map(
        ([type, outputs]) => [type, outputs.map(renameEnds)] as const,
      );
      return [[name, recordOf(types)] as const];
    }),
  );
}

const isEnd = (end: WireEnd, wire: Wire) => end.node === wire.to && end.index === wire.input;

const withOutputs = (
  connections: ConnectionsJson,
  from: string,
  type: string,
  outputs: readonly (readonly WireEnd[] | null)[],
): ConnectionsJson =>
  recordOf([
    ...Object.entries(connections).filter(([name]) => name !== from),
    [from, recordOf([...Object.entries(connections[from] ?? {}), [type, outputs]])],
  ]);
