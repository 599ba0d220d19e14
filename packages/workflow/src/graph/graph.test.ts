import { describe, expect, test } from 'vitest';
import {
  applyCommand,
  createGraph,
  parseWorkflow,
  wiresOf,
  type WorkflowCommand,
  type WorkflowJson,
} from './index.ts';

const node = (name: string, parameters = {}) => ({
  id: name,
  name,
  type: 'test.node',
  typeVersion: 1,
  position: [0, 0] as const,
  parameters,
});
const wire = (from: string, to: string) => ({ from, output: 0, to, input: 0 });
const chain: WorkflowJson = ['a', 'b', 'c']
  .slice(1)
  .reduce<WorkflowJson>(
    (grown, name, index) =>
      applyCommand(grown, { type: 'connect', wire: wire('abc'.charAt(index), name) }).workflow,
    {
      name: 'w',
      nodes: [node('a'), node('b', { text: "={{ $('a').item.json.x }}" }), node('c')],
      connections: {},
    },
  );
const drawn = (workflow: WorkflowJson) => wiresOf(workflow).map(({ from, to }) => `${from}>${to}`);

describe('parse', () => {
  test.each([
    ['a list', [], 'A workflow must be a JSON object'],
    ['a node without a type', { nodes: [{ name: 'x' }], connections: {} }, 'Node "x" has no type'],
    [
      'two nodes of one name',
      { nodes: [node('x'), node('x')] },
      'Two nodes are called "x"; the second was left out',
    ],
    [
      'a dangling wire',
      { nodes: [node('x')], connections: { x: { main: [[{ node: 'y' }]] } } },
      'A wire from "x" goes to "y", which is no node',
    ],
    [
      'a prototype key',
      JSON.parse('{"nodes":[],"__proto__":{"x":1}}'),
      'The key "__proto__" is refused',
    ],
    [
      'wires that are no list',
      { nodes: [node('x')], connections: { x: { main: 5 } } },
      'The wires of "x" must be a list per output',
    ],
  ])('names what is wrong with %s', (_, json, message) => {
    expect(parseWorkflow(json).problems.map((problem) => problem.message)).toContain(message);
  });

  test('gives back what it reads, unknown keys and a missing order included', () => {
    const json = { ...chain, meta: { x: 1 }, settings: { timezone: 'UTC' } };
    const { workflow, problems } = parseWorkflow(JSON.parse(JSON.stringify(json)));
    expect([JSON.parse(JSON.stringify(workflow)), problems]).toEqual([
      JSON.parse(JSON.stringify(json)),
      [],
    ]);
  });
});

describe('edit commands', () => {
  const commands: WorkflowCommand[] = [
    { type: 'addNode', node: node('a'), wires: [wire('c', 'a')] },
    { type: 'removeNodes', names: ['b'], heal: true },
    { type: 'disconnect', wire: wire('a', 'b') },
    { type: 'renameNode', from: 'a', to: 'A b' },
    { type: 'setParameter', node: 'b', path: 'options.rows[0].x', value: 1 },
    { type: 'setNodeSettings', node: 'b', settings: { disabled: true } },
    { type: 'moveNodes', positions: { c: [5, 6] } },
    { type: 'pin', node: 'c', items: [{ json: {} }] },
    { type: 'paste', nodes: [node('b', { t: "={{ $('b').item }}" })], connections: {} },
  ];
  test.each(commands.map((command) => [command.type, command] as const))(
    '%s is undone exactly',
    (_, command) => {
      const { workflow, inverse } = applyCommand(chain, command);
      expect(workflow).not.toEqual(chain);
      expect(applyCommand(workflow, inverse).workflow).toEqual(chain);
    },
  );

  test('a batch is one step of undo', () => {
    const { workflow, inverse } = applyCommand(chain, { type: 'batch', commands });
    expect(applyCommand(workflow, inverse).workflow).toEqual(chain);
  });

  test('removing heals the wires', () => {
    const { workflow } = applyCommand(chain, { type: 'removeNodes', names: ['b'], heal: true });
    expect(drawn(workflow)).toEqual(['a>c']);
  });

  test('renaming rewrites wires and expressions', () => {
    const { workflow } = applyCommand(chain, { type: 'renameNode', from: 'a', to: "it's" });
    expect(drawn(workflow)).toEqual(["it's>b", 'b>c']);
    expect(workflow.nodes[1]?.parameters.text).toBe("={{ $('it\\'s').item.json.x }}");
  });

  test('a pasted node gets a free name, and refers to itself by it', () => {
    const paste = commands.at(-1);
    const { workflow } = applyCommand(chain, paste ?? { type: 'batch', commands: [] });
    expect(workflow.nodes.at(-1)).toMatchObject({
      name: 'b1',
      parameters: { t: "={{ $('b1').item }}" },
    });
  });

  test('a path to a prototype changes nothing', () => {
    const command = { type: 'setParameter', node: 'b', path: '__proto__.x', value: 1 } as const;
    expect(applyCommand(chain, command).workflow).toEqual(chain);
  });
});

test('answers questions about the shape', () => {
  const graph = createGraph(
    applyCommand(chain, { type: 'connect', wire: wire('c', 'b') }).workflow,
  );
  expect([...graph.ancestors('c')].toSorted()).toEqual(['a', 'b', 'c']);
  expect([...graph.cyclic()]).toEqual(['b', 'c']);
  expect([graph.roots(), graph.order()]).toEqual([['a'], ['a', 'b', 'c']]);
});
