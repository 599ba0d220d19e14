import { applyCommand } from '@millrace/workflow/graph';
import { expect, test } from 'vitest';
import { fromClip, toClip } from './clipboard.ts';

const node = (name: string, x: number) => ({
  id: name,
  name,
  type: 'n8n-nodes-base.set',
  typeVersion: 3.4,
  position: [x, 0] as const,
  parameters: { text: "={{ $('A').item.json.x }}" },
});
const workflow = {
  name: 'W',
  nodes: [node('A', 0), node('B', 320)],
  connections: { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } },
};

test('a clip pasted beside its source gets names, ids and references of its own', () => {
  const command = fromClip(toClip(workflow, ['A', 'B']), [100, 203]);
  expect(command).toBeDefined();
  if (!command) return;
  const pasted = applyCommand(workflow, command).workflow;
  expect(pasted.nodes.map(({ name }) => name)).toEqual(['A', 'B', 'A1', 'B1']);
  expect(pasted.connections['A1']).toEqual({ main: [[{ node: 'B1', type: 'main', index: 0 }]] });
  expect(pasted.nodes[3]?.parameters['text']).toBe("={{ $('A1').item.json.x }}");
  expect(pasted.nodes[2]?.position).toEqual([100, 200]);
  expect(new Set(pasted.nodes.map(({ id }) => id)).size).toBe(4);
});

test('wires to nodes outside the clip stay behind', () => {
  expect(JSON.parse(toClip(workflow, ['A'])).connections).toEqual({ A: { main: [[]] } });
});

test.each(['hello', '{ "a": 1 }', '{ broken'])('leaves %s to the page', (text) => {
  expect(fromClip(text, [0, 0])).toBeUndefined();
});
