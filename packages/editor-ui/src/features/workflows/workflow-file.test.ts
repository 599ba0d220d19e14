import type { Workflow } from '@millrace/api';
import { expect, test } from 'vitest';
import { fileName, readWorkflows, writeWorkflow } from './workflow-file.ts';

const stored: Workflow = {
  id: 'w1',
  name: 'Orders',
  nodes: [],
  connections: {},
  meta: { templateId: '7' },
  projectId: 'p1',
  active: true,
  publishedVersionId: 'v1',
  hasUnpublishedChanges: false,
  revision: 4,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

test.each([
  ['one workflow', '{"name":"A","nodes":[],"connections":{}}', ['A']],
  ['a list', '[{"name":"A","nodes":[]},{"name":"B","nodes":[]}]', ['A', 'B']],
  ['a bundle', '{"workflows":[{"name":"A","nodes":[]}]}', ['A']],
  ['nodes from a canvas', '{"nodes":[],"connections":{}}', ['Imported']],
])('reads %s', (_, text, names) => {
  const result = readWorkflows(text, 'Imported');
  expect('workflows' in result && result.workflows.map(({ name }) => name)).toEqual(names);
});

test.each([
  ['broken JSON', '{"nodes":[],', 'notJson'],
  ['JSON of another kind', '{"name":"A"}', 'noWorkflow'],
  ['an empty list', '[]', 'noWorkflow'],
  ['a number', '7', 'noWorkflow'],
])('says what is wrong with %s', (_, text, key) => {
  const result = readWorkflows(text, 'Imported');
  expect('fault' in result && result.fault.key).toBe(key);
});

test('a file drops what belongs to this server, keeps unknown keys, and reads back', () => {
  const text = writeWorkflow(stored);
  expect(JSON.parse(text)).toEqual({
    id: 'w1',
    name: 'Orders',
    nodes: [],
    connections: {},
    meta: { templateId: '7' },
    active: false,
  });
  const back = readWorkflows(text, 'Imported');
  expect('workflows' in back && back.workflows[0]).toMatchObject({ meta: { templateId: '7' } });
});

test('a file name has no sign that a file system refuses', () => {
  expect(fileName('Orders: new/old?')).toBe('Orders- new-old-.json');
});
