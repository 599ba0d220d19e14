import type { EvaluationScope } from '@millrace/workflow/expression';
import type { NodeJson } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeDescription } from '@millrace/workflow/node-api';

/** A scope that knows a node's parameters and nothing else, for ports and subtitles. */
export function parameterScope(node: NodeJson, description: NodeDescription): EvaluationScope {
  const parameters = { ...defaultsOf(description), ...node.parameters };
  return {
    node: { ...node, parameters },
    runIndex: 0,
    input: [{ json: {} }],
    sources: [],
    workflow: {
      id: '',
      name: '',
      active: false,
      nodes: new Map([[node.name, node]]),
      connections: {},
    },
    runs: new Map(),
    mode: 'manual',
    executionId: '',
    resumeUrl: '',
    timezone: 'UTC',
    now: () => Date.now(),
    vars: {},
    parameters: () => parameters,
    nodeState: () => ({}),
  };
}

/** First default of each name; enough for what decides ports and subtitles. */
function defaultsOf(description: NodeDescription): JsonObject {
  const values = new Map<string, unknown>();
  for (const { name, default: value } of description.properties) {
    if (!values.has(name)) values.set(name, value);
  }
  return Object.fromEntries(values);
}
