/** A node of a test flow: its type, and what it is set to. */
export interface FlowNode {
  readonly type: string;
  readonly typeVersion?: number;
  readonly parameters?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
}

export const effect = (
  parameters: { delayMs?: number } = {},
  settings: Record<string, unknown> = {},
): FlowNode => ({ type: 'faults.effect', parameters, settings });

/** A pause until somebody calls the address of the execution. */
export const waitForCall: FlowNode = {
  type: 'n8n-nodes-base.wait',
  parameters: { resume: 'webhook', httpMethod: 'POST' },
  settings: { webhookId: 'wait' },
};

/** The start of what is called at `/webhook/PATH`. */
export const webhookAt = (path: string, more: object = {}): FlowNode => ({
  type: 'n8n-nodes-base.webhook',
  typeVersion: 2,
  parameters: { path, httpMethod: 'POST', ...more },
});

/** The start of what fires by a cron expression. */
export const cron = (expression: string, misfirePolicy = 'skip'): FlowNode => ({
  type: 'n8n-nodes-base.scheduleTrigger',
  typeVersion: 1.4,
  parameters: {
    rule: { interval: [{ field: 'cronExpression', expression }] },
    misfirePolicy,
  },
});

/** A workflow that starts at `/webhook/PATH` and runs nodes one after the other. */
export const chain = (
  path: string,
  nodes: readonly FlowNode[],
  { webhook = {}, settings = {} }: { webhook?: object; settings?: object } = {},
) => inARow(path, [webhookAt(path, webhook), ...nodes], settings);

/** A workflow that fires each second. */
export const everySecond = (name: string, nodes: readonly FlowNode[]) =>
  inARow(name, [
    {
      type: 'n8n-nodes-base.scheduleTrigger',
      typeVersion: 1.2,
      parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
    },
    ...nodes,
  ]);

/** Nodes one after the other, the first one starts it. */
export function inARow(name: string, nodes: readonly FlowNode[], settings: object = {}) {
  const named = nodes.map((node, index) => [nameAt(node, index), node] as const);
  const wires = named.slice(1).map(([to], index) => `${named[index]?.[0]} > ${to}`);
  return graph(name, { nodes: Object.fromEntries(named), wires, settings });
}

const nameAt = ({ type }: FlowNode, index: number) => `${index} ${type.split('.').at(-1)}`;

/**
 * A workflow of nodes by name, and wires between them.
 *
 * @param wires - `from > to`; a second output or input is written `from.1 > to.1`.
 */
export function graph(
  name: string,
  {
    nodes,
    wires,
    settings = {},
  }: {
    readonly nodes: Readonly<Record<string, FlowNode>>;
    readonly wires: readonly string[];
    readonly settings?: object;
  },
) {
  return {
    name,
    nodes: Object.entries(nodes).map(
      ([node, { parameters = {}, settings: more, ...about }], at) => ({
        id: `${at}`,
        name: node,
        typeVersion: 1,
        position: [at * 200, 0],
        parameters,
        ...about,
        ...more,
      }),
    ),
    connections: connectionsOf(wires),
    settings: { executionOrder: 'v1', ...settings },
  };
}

type Ends = { node: string; type: 'main'; index: number }[];

function connectionsOf(wires: readonly string[]): Record<string, { main: Ends[] }> {
  const connections: Record<string, { main: Ends[] }> = {};
  for (const wire of wires) {
    const [from = '', to = ''] = wire.split(' > ');
    const [source, output] = endOf(from);
    const [node, index] = endOf(to);
    const { main } = (connections[source] ??= { main: [] });
    while (main.length <= output) main.push([]);
    main[output]?.push({ node, type: 'main', index });
  }
  return connections;
}

function endOf(text: string): readonly [string, number] {
  const [, name = text, index = '0'] = /^(.*)\.(\d+)$/.exec(text) ?? [];
  return [name, Number(index)];
}
