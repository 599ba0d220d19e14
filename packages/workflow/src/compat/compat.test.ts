import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeJson } from '../graph/index.ts';
import { createRegistry, type NodeType } from '../node-api/index.ts';
import { findWorkflows, fromN8n, relinkWorkflow, toN8n } from './index.ts';

const typeOf = (name: string, version: number | number[]): NodeType => ({
  description: {
    name: `n8n-nodes-base.${name}`,
    displayName: name,
    group: [],
    version,
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  },
});
const registry = createRegistry([
  typeOf('manualTrigger', 1),
  typeOf('noOp', 1),
  typeOf('code', [1, 2]),
]);

const node = (name: string, type: string, more: Partial<NodeJson> = {}): NodeJson => ({
  id: name,
  name,
  type,
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
  ...more,
});
const workflow = (...nodes: NodeJson[]) => ({ name: 'w', nodes, connections: {}, settings: {} });
const noOp = 'n8n-nodes-base.noOp';

const plain = workflow(node('A', noOp));
const fragment = { nodes: [node('A', noOp)], connections: {} };

test.each([
  ['an export', plain, [plain]],
  ['a list of exports', [plain, plain], [plain, plain]],
  ['{workflows}', { workflows: [plain] }, [plain]],
  ['an API page', { data: [plain], nextCursor: null }, [plain]],
  ['a clipboard fragment', fragment, [fragment]],
  [
    'a template, named by its wrapper',
    { id: 7, name: 'Template', workflow: fragment },
    [{ ...fragment, name: 'Template' }],
  ],
  ['a list of templates', [{ workflow: plain }], [plain]],
  ['something else, for the reader to refuse', 'text', ['text']],
])('finds the workflows in %s', (_, json, found) => {
  expect(findWorkflows(json)).toEqual(found);
});

test('the removed start node becomes the manual trigger, and the report says so', () => {
  const { workflow: imported, report } = fromN8n(
    workflow(node('Start', 'n8n-nodes-base.start')),
    registry,
  );
  expect(imported.nodes[0]?.type).toBe('n8n-nodes-base.manualTrigger');
  expect(report.mapped).toEqual([
    { node: 'Start', from: 'n8n-nodes-base.start', to: 'n8n-nodes-base.manualTrigger' },
  ]);
  expect(report.unknown).toEqual([]);
});

test.each([
  ['n8n-nodes-foo.bar', 1, {}, /No installed package/],
  ['n8n-nodes-base.noOp', 9, {}, /no version 9/],
  ['n8n-nodes-base.kitemaker', 1, {}, /no longer exists/],
  ['n8n-nodes-base.code', 2, { language: 'pythonNative' }, /Python/],
])('%s in version %s is kept as it is and named', (type, typeVersion, parameters, message) => {
  const strange = node('A', type, { typeVersion, parameters, extra: 1 });
  const { workflow: imported, report } = fromN8n(workflow(strange), registry);
  expect(imported.nodes).toEqual([strange]);
  expect(report.unknown).toEqual([
    expect.objectContaining({ node: 'A', type, message: expect.stringMatching(message) }),
  ]);
});

test('credentials are named once, with all the nodes that need them', () => {
  const credentials = { slackApi: { id: 'x', name: 'Team' } };
  const { report } = fromN8n(
    workflow(node('A', noOp, { credentials }), node('B', noOp, { credentials })),
    registry,
  );
  expect(report.credentials).toEqual([{ type: 'slackApi', name: 'Team', nodes: ['A', 'B'] }]);
});

test('what is malformed is told, not thrown', () => {
  const { report } = fromN8n({ nodes: [{ name: 'A' }, 5] }, registry);
  expect(report.problems.length).toBeGreaterThanOrEqual(2);
});

test('references between workflows follow their new ids', () => {
  const caller = {
    ...workflow(
      node('Text', 'n8n-nodes-base.executeWorkflow', { parameters: { workflowId: 'old' } }),
      node('Locator', 'n8n-nodes-base.executeWorkflow', {
        parameters: { workflowId: { __rl: true, mode: 'id', value: 'old' } },
      }),
      node('Other', 'n8n-nodes-base.executeWorkflow', { parameters: { workflowId: 'else' } }),
    ),
    settings: { errorWorkflow: 'old' },
  };
  const linked = relinkWorkflow(caller, new Map([['old', 'new']]));
  expect(linked.nodes.map(({ parameters }) => parameters['workflowId'])).toEqual([
    'new',
    { __rl: true, mode: 'id', value: 'new' },
    'else',
  ]);
  expect(linked.settings?.errorWorkflow).toBe('new');
  expect(relinkWorkflow(plain, new Map([['old', 'new']]))).toBe(plain);
});

test('what was read is written again, our own order as n8n knows it', () => {
  expect(toN8n(fromN8n(plain, registry).workflow)).toEqual(plain);
  expect(toN8n({ ...plain, settings: { executionOrder: 'parallel' } })).toMatchObject({
    settings: { executionOrder: 'v1' },
  });
});

test('any workflow travels in and out again unchanged, unknown keys and all', () => {
  const key = fc.stringMatching(/^x[a-z]{0,5}$/);
  const json = fc.jsonValue({ maxDepth: 2 }).filter(hasSafeKeys);
  const extras = fc.dictionary(key, json, { noNullPrototype: true });
  const anyNode = (name: string) =>
    fc
      .tuple(extras, extras, fc.constantFrom(noOp, 'n8n-nodes-foo.bar'), fc.integer(), fc.integer())
      .map(([others, parameters, type, x, y]) => ({
        ...others,
        ...node(name, type, { parameters, position: [x, y] }),
      }));
  fc.assert(
    fc.property(extras, anyNode('A'), anyNode('B'), (others, one, other) => {
      const connections = { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } };
      const read = { ...others, name: 'w', nodes: [one, other], connections };
      const written = toN8n(fromN8n(read, registry).workflow);
      expect(JSON.parse(JSON.stringify(written))).toEqual(JSON.parse(JSON.stringify(read)));
    }),
  );
});

/** Without the names that reach a prototype: those are refused, and the report says so. */
const hasSafeKeys = (value: unknown) =>
  !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value));
