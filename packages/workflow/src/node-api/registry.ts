import { NodeTypeError } from '../errors/index.ts';
import type { NodeRegistry, NodeType } from './node-type.ts';

/** A registry that can also say what it has when it lacks something. */
export interface Registry extends NodeRegistry {
  /** @throws {NodeTypeError} that lists the versions there are. */
  require(type: string, version?: number): NodeType;
  /** Known versions of a type, ascending; empty when the type is unknown. */
  versions(type: string): readonly number[];
}

/**
 * Indexes node types by name and version.
 *
 * One type may serve several versions (`version: [1, 1.1]`), and several types may share a name for
 * versions that differ much. Without a version, `find` gives the declared default, else the newest.
 */
export function createRegistry(nodeTypes: readonly NodeType[]): Registry {
  const byName = new Map<string, Map<number, NodeType>>();
  for (const nodeType of nodeTypes) {
    const { name, version } = nodeType.description;
    const versions = byName.get(name) ?? new Map<number, NodeType>();
    for (const each of [version].flat()) versions.set(each, nodeType);
    byName.set(name, versions);
  }

  const versionsOf = (type: string) =>
    [...(byName.get(type)?.keys() ?? [])].toSorted((a, b) => a - b);

  function find(type: string, version?: number): NodeType | undefined {
    const versions = byName.get(type);
    if (version !== undefined || !versions)
      return version === undefined ? undefined : versions?.get(version);
    const declared = [...versions.values()].map((nodeType) => nodeType.description.defaultVersion);
    const fallback = declared.find((each) => each !== undefined) ?? versionsOf(type).at(-1);
    return fallback === undefined ? undefined : versions.get(fallback);
  }

  return {
    find,
    list: () => nodeTypes,
    versions: versionsOf,
    require(type, version) {
      const found = find(type, version);
      if (!found) throw new NodeTypeError(type, version, versionsOf(type));
      return found;
    },
  };
}
