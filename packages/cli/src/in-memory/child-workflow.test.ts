import { expect, test } from 'vitest';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { findChild, lastOutputs } from './child-workflow.ts';

const workflow = (id: string, more: Partial<WorkflowJson> = {}): WorkflowJson => ({
  id,
  name: `name of ${id}`,
  nodes: [],
  connections: {},
  ...more,
});

const caller = workflow('caller');
const call = (id: string) => ({ workflow: { id }, items: [], waitForEnd: true });
const manual = { mode: 'manual', workflowId: 'caller' } as const;
const nested = { mode: 'integrated', workflowId: 'caller' } as const;

test('finds a workflow by id or name, or takes the one it is given', () => {
  const known = { workflow: caller, others: [workflow('a')] };
  expect(findChild(call('a'), manual, known).id).toBe('a');
  expect(findChild(call('name of a'), manual, known).id).toBe('a');
  const given = { workflow: { json: { name: 'given', nodes: [] } }, items: [], waitForEnd: true };
  expect(findChild(given, nested, known).name).toBe('given');
  expect(() => findChild(call('gone'), manual, known)).toThrow('gone');
});

test('takes a draft for the direct child of a manual run only', () => {
  const others = [workflow('draft'), workflow('live', { active: true })];
  const known = { workflow: caller, others };
  expect(findChild(call('draft'), manual, known).id).toBe('draft');
  expect(findChild(call('live'), nested, known).id).toBe('live');
  expect(findChild(call('draft'), nested, { ...known, arePublished: true }).id).toBe('draft');
  expect(() => findChild(call('draft'), nested, known)).toThrow('not active');
});

test.each([
  ['none', undefined, false],
  ['any', undefined, true],
  ['workflowsFromSameOwner', undefined, true],
  ['workflowsFromAList', 'other, caller', true],
  ['workflowsFromAList', 'other', false],
])('caller policy %s of %s lets the caller in: %s', (callerPolicy, callerIds, isAllowed) => {
  const settings = { callerPolicy, ...(callerIds && { callerIds }) };
  const known = { workflow: caller, others: [workflow('a', { settings })] };
  const find = () => findChild(call('a'), manual, known).id;
  if (isAllowed) expect(find()).toBe('a');
  else expect(find).toThrow('may not be called');
});

test('gives all its last node put out, over all its runs; its error becomes the caller’s', () => {
  const run = (node: string, seq: number, n: number) => ({
    node,
    seq,
    runIndex: seq,
    attempt: 1,
    status: 'success' as const,
    startedAt: 0,
    durationMs: 0,
    sources: [],
    outputs: [[{ json: { n } }]],
  });
  const runs = [run('other', 0, 0), run('last', 1, 1), run('last', 2, 2)];
  expect(lastOutputs({ status: 'success', lastNode: 'last', runs })).toEqual([
    [{ json: { n: 1 } }, { json: { n: 2 } }],
  ]);
  expect(() =>
    lastOutputs({ status: 'error', error: { message: 'broken', name: 'NodeError' }, runs }),
  ).toThrow('broken');
  expect(() => lastOutputs({ status: 'canceled', runs })).toThrow('stopped');
});
