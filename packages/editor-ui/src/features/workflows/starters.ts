import type { WorkflowJson } from '@millrace/workflow/graph';

export type StarterId = 'firstRun' | 'webhook' | 'schedule';

/** Small whole workflows that run without any account or key. */
export function starter(id: StarterId, name: string): WorkflowJson {
  switch (id) {
    case 'firstRun':
      return chain(name, [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
        {
          name: 'Make orders',
          type: 'n8n-nodes-base.set',
          typeVersion: 3.4,
          parameters: {
            mode: 'raw',
            jsonOutput: JSON.stringify(
              {
                orders: [
                  { customer: 'Ada', total: 120 },
                  { customer: 'Grace', total: 45 },
                  { customer: 'Edsger', total: 80 },
                ],
              },
              null,
              2,
            ),
            options: {},
          },
        },
        {
          name: 'One item per order',
          type: 'n8n-nodes-base.splitOut',
          typeVersion: 1,
          parameters: { fieldToSplitOut: 'orders', options: {} },
        },
        {
          name: 'Greet',
          type: 'n8n-nodes-base.set',
          typeVersion: 3.4,
          parameters: {
            assignments: {
              assignments: [
                {
                  id: 'text',
                  name: 'text',
                  type: 'string',
                  value: '=Hello {{ $json.customer }}, thank you for {{ $json.total }} €!',
                },
              ],
            },
            includeOtherFields: true,
            options: {},
          },
        },
      ]);
    case 'webhook':
      return chain(name, [
        {
          name: 'Webhook',
          type: 'n8n-nodes-base.webhook',
          typeVersion: 2,
          parameters: {
            httpMethod: 'POST',
            path: `hello-${crypto.randomUUID().slice(0, 8)}`,
            responseMode: 'lastNode',
            options: {},
          },
        },
        {
          name: 'Answer',
          type: 'n8n-nodes-base.set',
          typeVersion: 3.4,
          parameters: {
            assignments: {
              assignments: [
                {
                  id: 'hello',
                  name: 'hello',
                  type: 'string',
                  value: '={{ $json.body.name ?? "world" }}',
                },
              ],
            },
            options: {},
          },
        },
      ]);
    case 'schedule':
      return chain(name, [
        {
          name: 'Every hour',
          type: 'n8n-nodes-base.scheduleTrigger',
          typeVersion: 1.2,
          parameters: { rule: { interval: [{ field: 'hours', hoursInterval: 1 }] } },
        },
        {
          name: 'Note the time',
          type: 'n8n-nodes-base.set',
          typeVersion: 3.4,
          parameters: {
            assignments: {
              assignments: [{ id: 'at', name: 'at', type: 'string', value: '={{ $now.toISO() }}' }],
            },
            options: {},
          },
        },
      ]);
    default:
      return id satisfies never;
  }
}

type Step = Pick<WorkflowJson['nodes'][number], 'name' | 'type' | 'typeVersion' | 'parameters'>;

/** A workflow of these nodes, each feeding the next, left to right. */
function chain(name: string, steps: readonly Step[]): WorkflowJson {
  return {
    name,
    nodes: steps.map(({ name: nodeName, type, typeVersion, parameters }, index) => ({
      id: crypto.randomUUID(),
      name: nodeName,
      type,
      typeVersion,
      parameters,
      position: [index * 260, 0],
    })),
    connections: Object.fromEntries(
      steps
        .slice(1)
        .map(({ name: to }, index) => [
          steps[index]?.name ?? '',
          { main: [[{ node: to, type: 'main', index: 0 }]] },
        ]),
    ),
    settings: { executionOrder: 'v1' },
  };
}
