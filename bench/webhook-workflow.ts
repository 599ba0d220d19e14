/** Webhook → Edit Fields (3 expressions) → If → Edit Fields: what W1 to W4 call. */
export const webhookWorkflow = (responseMode: 'lastNode' | 'onReceived') => ({
  name: 'bench',
  nodes: [
    {
      ...node('Webhook', 'webhook', 2, { httpMethod: 'POST', path: 'bench', responseMode }, 0),
      webhookId: 'bench',
    },
    node(
      'First',
      'set',
      3.4,
      {
        assignments: {
          assignments: [
            field('double', '={{ $json.body.n * 2 }}', 'number'),
            field('hello', '=Hello {{ $json.body.name }}'),
            field('upper', '={{ $json.body.name.toUpperCase() }}'),
          ],
        },
        options: {},
      },
      1,
    ),
    node(
      'Big',
      'if',
      2.2,
      {
        conditions: {
          combinator: 'and',
          options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
          conditions: [
            {
              id: 'c',
              leftValue: '={{ $json.double }}',
              rightValue: 10,
              operator: { type: 'number', operation: 'gt' },
            },
          ],
        },
        options: {},
      },
      2,
    ),
    node(
      'Last',
      'set',
      3.4,
      { assignments: { assignments: [field('answer', '={{ $json.hello }}')] }, options: {} },
      3,
    ),
  ],
  connections: {
    Webhook: { main: [[{ node: 'First', type: 'main', index: 0 }]] },
    First: { main: [[{ node: 'Big', type: 'main', index: 0 }]] },
    Big: { main: [[{ node: 'Last', type: 'main', index: 0 }]] },
  },
  settings: { executionOrder: 'v1' },
});

const node = (name: string, type: string, typeVersion: number, parameters: object, at: number) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [at * 200, 0],
  parameters,
});
const field = (name: string, value: string, type = 'string') => ({ id: name, name, value, type });
