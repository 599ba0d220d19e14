import { isPlainObject, isSafeKey, recordOf } from './plain-object.ts';
import type { Problem } from './problem.ts';
import type { ConnectionsJson, WireEnd } from './workflow-json.ts';

/** Reads connections, naming each part that cannot be read. Wires to or from missing nodes are left out. */
export function parseConnections(
  value: unknown,
  names: ReadonlySet<string>,
  problems: Problem[],
): ConnectionsJson {
  const refuse = (message: string, field: string, node?: string) =>
    problems.push({
      code: 'GRAPH_INVALID',
      message,
      fix: 'Draw the wire again',
      field,
      severity: 'error',
      ...(node !== undefined && { node }),
    });
  if (value == null) return recordOf([]);
  if (!isPlainObject(value)) {
    refuse('"connections" must be an object', 'connections');
    return recordOf([]);
  }

  const readEnd = (end: unknown, type: string, field: string, from: string): WireEnd[] => {
    if (!isPlainObject(end) || typeof end.node !== 'string') {
      refuse(`A wire from "${from}" does not say where it goes`, field, from);
      return [];
    }
    if (!names.has(end.node)) {
      refuse(`A wire from "${from}" goes to "${end.node}", which is no node`, field, from);
      return [];
    }
    const index = Number(end.index ?? 0);
    if (!Number.isInteger(index) || index < 0) {
      refuse(`A wire from "${from}" enters input ${JSON.stringify(end.index)}`, field, from);
      return [];
    }
    return [{ node: end.node, type: typeof end.type === 'string' ? end.type : type, index }];
  };

  const readOutputs = (outputs: unknown, type: string, field: string, from: string) => {
    if (!Array.isArray(outputs)) {
      refuse(`The wires of "${from}" must be a list per output`, field, from);
      return [];
    }
    return outputs.map((ends: unknown, output) => {
      if (ends == null) return null;
      if (!Array.isArray(ends)) {
        refuse(
          `Output ${output} of "${from}" must be a list of wires`,
          `${field}[${output}]`,
          from,
        );
        return [];
      }
      return ends.flatMap((end: unknown) => readEnd(end, type, `${field}[${output}]`, from));
    });
  };

  return recordOf(
    Object.entries(value).flatMap(([from, byType]) => {
      const field = `connections.${from}`;
      if (!isSafeKey(from) || !names.has(from)) {
        refuse(`Wires start at "${from}", which is no node`, field, from);
        return [];
      }
      if (!isPlainObject(byType)) {
        refuse(`The wires of "${from}" must be an object`, field, from);
        return [];
      }
      const types = Object.entries(byType)
        .filter(([type]) => isSafeKey(type))
        .map(
          ([type, outputs]) =>
            [type, readOutputs(outputs, type, `${field}.${type}`, from)] as const,
        );
      return [[from, recordOf(types)] as const];
    }),
  );
}
