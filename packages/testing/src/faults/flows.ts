/** A node of a test flow: its type after the dot, and what it is set to. */
export interface FlowNode {
  readonly type: string;
  readonly parameters?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
}

export const effect = (
  parameters: { delayMs?: number } = {},
  settings: Record<string, unknown> = {},
): FlowNode => ({ type: 'faults.effect', parameters, settings });

/** A workflow that starts at `/webhook/PATH` and runs nodes one after the other. */
export function chain(
  path: string,
  nodes: readonly FlowNode[],
  { webhook = {}, settings = {} }: { webhook?: object; settings?: object } = {},
) {
  const start = {
    type: 'n8n-nodes-base.webhook',
    parameters: { path, httpMethod: 'POST', ...webhook },
  };
  return drawing(path, [start, ...nodes], settings);
}

/** A workflow that fires each second. */
export const everySecond = (name: string, nodes: readonly FlowNode[]) =>
  drawing(name, [
    {
      type: 'n8n-nodes-base.scheduleTrigger',
      parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
    },
    ...nodes,
  ]);

function drawing(name: string, nodes: readonly FlowNode[], settings: object = {}) {
  const named = nodes.map(({ type, parameters = {}, settings: more = {} }, index) => ({
    id: `${index}`,
    name: `${index} ${type.split('.').at(-1)}`,
    type,
    typeVersion:
      type === 'n8n-nodes-base.webhook' ? 2 : type === 'n8n-nodes-base.scheduleTrigger' ? 1.2 : 1,
    position: [index * 200, 0],
    parameters,
    ...more,
  }));
  const wires = named.slice(1).map((to, index) => {
    const from = named[index]?.name ?? '';
    return [from, { main: [[{ node: to.name, type: 'main', index: 0 }]] }] as const;
  });
  return {
    name,
    nodes: named,
    connections: Object.fromEntries(wires),
    settings: { executionOrder: 'v1', ...settings },
  };
}
