/** Orders come in by webhook, big ones are told from small ones, both are answered. */
export const demoWorkflow = {
  name: 'Thank customers',
  nodes: [
    node('Order received', 'webhook', 2, [0, 0], {
      path: 'orders',
      responseMode: 'lastNode',
      options: {},
    }),
    node('Read the cart', 'set', 3.4, [220, 0], {
      mode: 'raw',
      jsonOutput:
        '={{ { customer: $json.query.customer, orders: [ { item: "Mill wheel", total: 120 }, { item: "Sluice gate", total: 45 }, { item: "Flume", total: 80 } ] } }}',
      options: {},
    }),
    node('One item per order', 'splitOut', 1, [440, 0], {
      fieldToSplitOut: 'orders',
      include: 'allOtherFields',
      options: {},
    }),
    node('Is it a big order?', 'if', 2.2, [660, 0], {
      conditions: {
        options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
        conditions: [
          {
            id: 'big',
            leftValue: '={{ $json.orders.total }}',
            rightValue: 100,
            operator: { type: 'number', operation: 'gte' },
          },
        ],
        combinator: 'and',
      },
      options: {},
    }),
    node(
      'Thank warmly',
      'set',
      3.4,
      [900, -110],
      fields('Thank you, {{ $json.customer }}! Your {{ $json.orders.item }} ships today.'),
    ),
    node('Thank', 'set', 3.4, [900, 110], fields('Thank you, {{ $json.customer }}.')),
    node('Both', 'merge', 3, [1140, 0], {}),
  ],
  connections: {
    'Order received': { main: [[to('Read the cart')]] },
    'Read the cart': { main: [[to('One item per order')]] },
    'One item per order': { main: [[to('Is it a big order?')]] },
    'Is it a big order?': { main: [[to('Thank warmly')], [to('Thank')]] },
    'Thank warmly': { main: [[to('Both')]] },
    Thank: { main: [[to('Both', 1)]] },
  },
  settings: { executionOrder: 'v1' },
};

function node(
  name: string,
  type: string,
  typeVersion: number,
  position: readonly [number, number],
  parameters: object,
) {
  return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position, parameters };
}

function to(name: string, index = 0) {
  return { node: name, type: 'main', index };
}

function fields(text: string) {
  return {
    assignments: {
      assignments: [{ id: 'text', name: 'text', type: 'string', value: `=${text}` }],
    },
    includeOtherFields: true,
    options: {},
  };
}
