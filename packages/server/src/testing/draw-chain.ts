import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';

type Step = readonly [
  name: string,
  type: string,
  parameters?: JsonObject,
  more?: Partial<NodeJson>,
];

/** A workflow of general nodes, each wired to the next. */
export function drawChain(name: string, ...steps: readonly Step[]): WorkflowJson {
  const nodes = steps.map(([node, type, parameters = {}, more], index): NodeJson => ({
    id: `${index}`,
    name: node,
    type: `n8n-nodes-base.${type}`,
    typeVersion: VERSIONS[type] ?? 1,
    position: [index * 200, 0],
    parameters,
    ...more,
  }));
  const wires = nodes
    .slice(1)
    .map((to, index) => [
      nodes[index]?.name ?? '',
      { main: [[{ node: to.name, type: 'main', index: 0 }]] },
    ]);
  return {
    name,
    nodes,
    connections: Object.fromEntries(wires),
    settings: { executionOrder: 'v1' },
  };
}

const VERSIONS: Readonly<Record<string, number>> = {
  webhook: 2.1,
  respondToWebhook: 1.5,
  wait: 1.1,
  set: 3.4,
  form: 2.5,
  formTrigger: 2.5,
};

/** Parameters of Edit Fields that add text fields. */
export const fields = (values: Readonly<Record<string, string>>): JsonObject => ({
  includeOtherFields: true,
  assignments: {
    assignments: Object.entries(values).map(([name, value]) => ({
      id: name,
      name,
      value,
      type: 'string',
    })),
  },
});
