import type { NodeJson, WorkflowJson } from '@millrace/workflow/graph';
import { expect, test } from 'vitest';
import { changesBetween } from './version-changes.ts';

const node = (name: string, parameters: NodeJson['parameters'] = {}, x = 0): NodeJson => ({
  id: name,
  name,
  type: 'n8n-nodes-base.set',
  typeVersion: 3.4,
  position: [x, 0],
  parameters,
});
const flow = (...nodes: NodeJson[]): WorkflowJson => ({ name: 'w', nodes, connections: {} });

test('tells nodes that came, went and changed', () => {
  const before = flow(node('Kept'), node('Gone'), node('Edited', { value: 1 }));
  const after = flow(node('Kept'), node('New'), node('Edited', { value: 2 }));
  expect(changesBetween(before, after)).toEqual({
    added: ['New'],
    removed: ['Gone'],
    changed: ['Edited'],
  });
});

test('places and the order of keys change nothing; wires do', () => {
  const before = flow(node('A', { x: 1, y: 2 }), node('B'));
  const moved = flow(node('A', { y: 2, x: 1 }, 400), node('B'));
  expect(changesBetween(before, moved)).toEqual({ added: [], removed: [], changed: [] });

  const wired = {
    ...before,
    connections: { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } },
  };
  expect(changesBetween(before, wired).changed).toEqual(['A']);
});
