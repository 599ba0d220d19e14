import { describe, expect, test } from 'vitest';
import type { Item } from '../items/index.ts';
import type { ExecuteContext } from './context.ts';
import { defineNode } from './define-node.ts';
import { operation } from './operations.ts';
import { p } from './params/p.ts';

const greet = defineNode({
  name: 't.greet',
  label: 'Greet',
  version: 1,
  params: {
    name: p.string({ label: 'Name', required: true }),
    times: p.number({ label: 'Times', default: 1 }),
  },
  run: ({ params, item }) =>
    Array.from({ length: params.times }, (_, index) => ({
      text: `hi ${params.name}`,
      index,
      from: item.json.id,
    })),
});

const chat = defineNode({
  name: 't.chat',
  label: 'Chat',
  version: [1, 2],
  group: ['output'],
  icon: '<svg/>',
  operations: {
    'message.post': operation({
      label: 'Post a message',
      params: { text: p.text({ label: 'Text', required: true }) },
      run: ({ params }) => ({ sent: params.text }),
    }),
    'message.get': operation({ label: 'Get a message', params: {}, run: () => undefined }),
    'user.get': operation({ label: 'Get a user', params: {}, run: () => ({ user: 1 }) }),
  },
});

/** Only what these nodes use: parameters per item, as the engine would resolve them. */
function fake(
  rows: readonly Record<string, unknown>[],
  rest: Partial<ExecuteContext> = {},
): ExecuteContext {
  const items: Item[] = rows.map((_row, id) => ({ json: { id } }));
  const context: Partial<ExecuteContext> = {
    items: () => items,
    idempotencyKey: 'run',
    continueOnFail: false,
    // The caller names the type, as with the engine's own `param`.
    param: (<T>(path: string, item: number, options?: { fallback?: unknown }) =>
      (rows[item]?.[path] ?? options?.fallback) as T) as ExecuteContext['param'],
    ...rest,
  };
  return context as ExecuteContext;
}

describe('a node per item', () => {
  test('runs once for each item with its own decoded parameters', async () => {
    const outputs = await greet.execute?.(fake([{ name: 'Ann', times: '2' }, { name: 'Bo' }]));
    expect(outputs).toEqual([
      [
        { json: { text: 'hi Ann', index: 0, from: 0 }, pairedItem: { item: 0 } },
        { json: { text: 'hi Ann', index: 1, from: 0 }, pairedItem: { item: 0 } },
        { json: { text: 'hi Bo', index: 0, from: 1 }, pairedItem: { item: 1 } },
      ],
    ]);
  });

  test('stops at a bad parameter, naming it', async () => {
    await expect(greet.execute?.(fake([{ name: '' }]))).rejects.toThrow(
      'Parameter "name" needs a value',
    );
  });

  test('makes an item of the error when errors continue', async () => {
    const outputs = await greet.execute?.(
      fake([{ name: '' }, { name: 'Bo' }], { continueOnFail: true }),
    );
    expect(outputs).toEqual([
      [
        { json: { error: 'Parameter "name" needs a value' }, pairedItem: { item: 0 } },
        { json: { text: 'hi Bo', index: 0, from: 1 }, pairedItem: { item: 1 } },
      ],
    ]);
  });
});

describe('a node by operation', () => {
  test('describes resource, operations and each operation’s own parameters', () => {
    const { properties, displayName, group, iconSvg, inputs, outputs } = chat.description;
    expect({ displayName, group, iconSvg, inputs, outputs }).toEqual({
      displayName: 'Chat',
      group: ['output'],
      iconSvg: '<svg/>',
      inputs: ['main'],
      outputs: ['main'],
    });
    expect(properties.map(({ name }) => name)).toEqual([
      'resource',
      'operation',
      'operation',
      'text',
    ]);
    expect(properties[3]?.displayOptions).toEqual({
      show: { resource: ['message'], operation: ['post'] },
    });
  });

  test('lets each item choose its operation', async () => {
    const outputs = await chat.execute?.(
      fake([
        { resource: 'message', operation: 'post', text: 'a' },
        { resource: 'message', operation: 'get' },
        { resource: 'user', operation: 'get' },
      ]),
    );
    expect(outputs).toEqual([
      [
        { json: { sent: 'a' }, pairedItem: { item: 0 } },
        { json: { user: 1 }, pairedItem: { item: 2 } },
      ],
    ]);
  });

  test('refuses an operation it does not have', async () => {
    await expect(
      chat.execute?.(fake([{ resource: 'message', operation: 'burn' }])),
    ).rejects.toThrow('message.burn');
  });
});

test('a batch node keeps its hooks and describes its parameters', () => {
  const node = defineNode({
    name: 't.trigger',
    label: 'Trigger',
    version: 1,
    inputs: [],
    params: { rule: p.string({ label: 'Rule' }) },
    schedules: () => [{ cron: '* * * * *' }],
  });
  expect(node.execute).toBeUndefined();
  expect(node.schedules?.({})).toEqual([{ cron: '* * * * *' }]);
  expect(node.description.properties).toHaveLength(1);
});
