import { expect, test } from 'vitest';
import { createRegistry, type NodeType } from '../node-api/index.ts';
import { findStartNode } from './find-start.ts';
import { flow, nodeType } from './testing-flow.ts';

const trigger = (name: string, hooks: Partial<NodeType> = {}): NodeType => ({
  ...nodeType(name, undefined, { group: ['trigger'], inputs: [] }),
  ...hooks,
});

const registry = createRegistry([
  trigger('manualTrigger'),
  trigger('errorTrigger'),
  trigger('clock', { schedules: () => [] }),
  trigger('hook', { webhook: async () => ({}) }),
  nodeType('a'),
]);

test.each([
  ['the only node there is', 'a', {}, 'a'],
  ['nothing, when no node begins executions', 'a > a1', {}, undefined],
  [
    'a trigger that looks out for events before one started by hand',
    'manualTrigger > a, clock > a',
    {},
    'clock',
  ],
  [
    'one started by hand before one that is called',
    'hook > a, manualTrigger > a',
    {},
    'manualTrigger',
  ],
  ['the known kinds in their order', 'errorTrigger > a, manualTrigger > a', {}, 'manualTrigger'],
  ['one that is called when there is no other', 'a > a1, hook > a', {}, 'hook'],
  ['the one that leads to the destination', 'clock > a, hook > a1', { destination: 'a1' }, 'hook'],
  [
    'the preferred type',
    'manualTrigger > a, errorTrigger > a',
    { prefer: 'test.errorTrigger' },
    'errorTrigger',
  ],
])('takes %s', (_, drawing, options, expected) => {
  expect(findStartNode(flow(drawing), registry, options)?.name).toBe(expected);
});

test('takes no disabled trigger', () => {
  const nodes = { clock: { disabled: true } };
  const workflow = flow('clock > a, hook > a', { nodes });
  expect(findStartNode(workflow, registry)?.name).toBe('hook');
});
