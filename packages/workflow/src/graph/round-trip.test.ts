import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWorkflow } from './parse-workflow.ts';

const UNSAFE = ['__proto__', 'constructor', 'prototype'];
const key = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !UNSAFE.includes(name));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  ),
}));
const object = fc.dictionary(key, json, { maxKeys: 4 });

const node = fc.record(
  {
    id: fc.uuid(),
    name: key,
    type: fc.constantFrom('n8n-nodes-base.set', '@scope/n8n-nodes-own.thing', 'unknown'),
    typeVersion: fc.constantFrom(1, 3.4),
    position: fc.tuple(fc.integer(), fc.integer()),
    parameters: object,
    disabled: fc.boolean(),
    notes: fc.string(),
    ownKey: json,
  },
  { requiredKeys: ['id', 'name', 'type', 'typeVersion', 'position', 'parameters'] },
);

const workflows = fc
  .uniqueArray(node, { selector: ({ name }) => name, minLength: 1, maxLength: 5 })
  .chain((nodes) => {
    const name = fc.constantFrom(...nodes.map((each) => each.name));
    const end = fc.record({ node: name, type: fc.constant('main'), index: fc.nat(2) });
    const outputs = fc.array(fc.option(fc.array(end, { maxLength: 2 })), { maxLength: 3 });
    const connections = fc.dictionary(name, fc.record({ main: outputs }));
    const pins = fc.dictionary(name, fc.array(fc.record({ json: object }), { maxLength: 2 }));
    return fc.record(
      {
        id: fc.uuid(),
        name: fc.string({ minLength: 1 }),
        nodes: fc.constant(nodes),
        connections,
        settings: object,
        pinData: pins,
        meta: object,
        tags: fc.array(json, { maxLength: 2 }),
      },
      { requiredKeys: ['name', 'nodes', 'connections'] },
    );
  });

const printed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('reading what was written gives the same workflow, without a problem', () => {
  fc.assert(
    fc.property(workflows, (written) => {
      const { workflow, problems } = parseWorkflow(printed(written));
      expect(problems).toEqual([]);
      expect(printed(workflow)).toEqual(printed(written));
    }),
  );
});

test('reading anything gives a workflow, and reading that again changes nothing', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      const { workflow } = parseWorkflow(anything);
      expect(printed(parseWorkflow(printed(workflow)).workflow)).toEqual(printed(workflow));
    }),
  );
});
