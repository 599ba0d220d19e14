import { expect, test } from 'vitest';
import { fromN8n, toN8n } from './n8n-workflow.ts';

const node = (type: string) => ({
  id: '1',
  name: 'A',
  type,
  typeVersion: 1,
  position: [0, 0],
  parameters: { kept: true },
  extra: 1,
});
const workflow = (type: string) => ({
  name: 'w',
  nodes: [node(type)],
  connections: {},
  settings: {},
});

test('the removed start node becomes the manual trigger, and the import says so', () => {
  const { workflow: imported, notes } = fromN8n(workflow('n8n-nodes-base.start'));
  expect(imported.nodes[0]?.type).toBe('n8n-nodes-base.manualTrigger');
  expect(notes).toEqual([expect.objectContaining({ node: 'A' })]);
});

test('an unknown type and unknown keys come through unchanged', () => {
  const { workflow: imported } = fromN8n(workflow('n8n-nodes-foo.bar'));
  expect(imported.nodes).toEqual([node('n8n-nodes-foo.bar')]);
});

test('what was read is written again', () => {
  const json = workflow('n8n-nodes-base.noOp');
  expect(toN8n(fromN8n(json).workflow)).toEqual(json);
});
