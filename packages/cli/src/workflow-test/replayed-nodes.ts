import type { NodeRegistry, NodeType } from '@millrace/workflow/node-api';
import { NotRecordedError, type Fixture } from './fixture.ts';

/** Nodes whose work is the user's own code: it is what a test is for. */
const CODE: ReadonlySet<string> = new Set(
  ['code', 'function', 'functionItem'].map((name) => `n8n-nodes-base.${name}`),
);

/** Whether a test runs a node itself. All others reach outside, and answer from the recording. */
export const isRunInTests = ({ description: { name, pure } }: NodeType): boolean =>
  pure === true || CODE.has(name);

/** The same node types, but those that reach outside give what they gave when the run was recorded. */
export function replayedNodes(nodes: NodeRegistry, { runs }: Fixture): NodeRegistry {
  const replayed = new Map<NodeType, NodeType>();

  function replay(type: NodeType): NodeType {
    if (isRunInTests(type)) return type;
    const known = replayed.get(type);
    if (known) return known;
    const made: NodeType = {
      description: type.description,
      execute({ node, runIndex }) {
        const run = Object.hasOwn(runs, node.name) ? runs[node.name]?.[runIndex] : undefined;
        if (!run) throw new NotRecordedError(node.name, runIndex);
        if (run.error) throw Object.assign(new Error(run.error.message), { name: run.error.name });
        return run.outputs;
      },
    };
    replayed.set(type, made);
    return made;
  }

  return {
    find(name, version) {
      const type = nodes.find(name, version);
      return type && replay(type);
    },
    list: () => nodes.list().map(replay),
  };
}
