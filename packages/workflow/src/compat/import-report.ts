import type { NodeJson, Problem } from '../graph/index.ts';
import type { NodeRegistry } from '../node-api/index.ts';

/** What an import did beside copying, and what is left to do: said, never silent. */
export interface ImportReport {
  /** Nodes whose type n8n removed, and what does their work now. */
  readonly mapped: readonly {
    readonly node: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** Credentials the nodes name. Exports hold no secrets: they must be made here, or chosen. */
  readonly credentials: readonly {
    readonly type: string;
    readonly name: string;
    readonly nodes: readonly string[];
  }[];
  /** Nodes nobody here can run. They are kept as they are and fail only when they are reached. */
  readonly unknown: readonly {
    readonly node: string;
    readonly type: string;
    readonly typeVersion: number;
    readonly message: string;
    readonly fix: string;
  }[];
  /** What was malformed and left out, or set right. */
  readonly problems: readonly Problem[];
}

/** The credentials some nodes name, each once, with the nodes that need it. */
export function neededCredentials(nodes: readonly NodeJson[]): ImportReport['credentials'] {
  const needed = new Map<string, { type: string; name: string; nodes: string[] }>();
  for (const node of nodes) {
    for (const [type, credential] of Object.entries(node.credentials ?? {})) {
      const name = credential?.name ?? '';
      const key = JSON.stringify([type, name]);
      const known = needed.get(key) ?? { type, name, nodes: [] };
      known.nodes.push(node.name);
      needed.set(key, known);
    }
  }
  return [...needed.values()];
}

/** Types that no longer exist anywhere (n8n-facts C12). */
const REMOVED: ReadonlySet<string> = new Set(
  ['spontit', 'crowdDev', 'kitemaker'].map((name) => `n8n-nodes-base.${name}`),
);

/** Why a node cannot run here; `undefined` when it can. */
export function unknownNode(
  node: NodeJson,
  registry: NodeRegistry,
): ImportReport['unknown'][number] | undefined {
  const { name, type, typeVersion } = node;
  const because = (message: string, fix: string) => ({
    node: name,
    type,
    typeVersion,
    message,
    fix,
  });
  if (registry.find(type, typeVersion)) {
    const { language } = node.parameters;
    return language === 'python' || language === 'pythonNative'
      ? because('Its code is Python, which does not run here', 'Write the code in JavaScript')
      : undefined;
  }
  if (REMOVED.has(type)) return because('Its service no longer exists', 'Remove the node');
  return registry.find(type)
    ? because(`There is no version ${typeVersion} of it`, 'Set a version there is')
    : because('No installed package brings this type', 'Install the package, or replace the node');
}
