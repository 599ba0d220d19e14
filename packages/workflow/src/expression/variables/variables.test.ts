import { expect, test } from 'vitest';
import type { Item } from '../../items/index.ts';
import { createEvaluator } from '../index.ts';
import { nodeNamed, runOf, scopeOf, wires } from '../scope.fixture.ts';

const item = (n: number, pairedItem?: Item['pairedItem']): Item => ({
  json: { n },
  ...(pairedItem !== undefined && { pairedItem }),
});
const evaluate = (code: string, scope: ReturnType<typeof scopeOf>, index = 0) =>
  createEvaluator().evaluate(`={{ ${code} }}`, scope, index);

/** A > B > Now, where B turned the order round. */
function chain(second: Item['pairedItem'] = 0) {
  const first = [item(1), item(2)];
  const turned = [item(20, 1), item(10, second)];
  const names = ['A', 'B', 'C', 'Now'];
  const scope = scopeOf([item(200, 0), item(100, 1)], {
    sources: [{ previousNode: 'B' }],
    runs: new Map([
      ['A', [runOf('A', [first])]],
      ['B', [runOf('B', [turned], 'A')]],
    ]),
  });
  return {
    ...scope,
    workflow: {
      ...scope.workflow,
      nodes: new Map(names.map((name) => [name, nodeNamed(name)])),
      connections: wires('A > B, B > Now'),
    },
  };
}

test.each([
  ['$("A").item.json.n', 0, 2],
  ['$("A").item.json.n', 1, 1],
  ['$("B").item.json.n', 1, 10],
  ['$("A").pairedItem(1).json.n', 0, 1],
  ['$("A").first().json.n', 1, 1],
  ['$("A").last().json.n', 0, 2],
  ['$("A").all().length', 0, 2],
  ['$("C").isExecuted', 0, false],
  ['$node.A.json.n', 1, 2],
  ['$items("A", 0, 0)[1].json.n', 0, 2],
  ['$input.last().json.n', 0, 100],
  ['$item(1).$json.n', 0, 100],
  ['$prevNode.name', 0, 'B'],
  ['$json.n + $itemIndex', 1, 101],
  ['$parameter.text + $vars.plan + $workflow.name + $execution.mode', 0, 'ownproFlowtest'],
  ['$now.toISO()', 0, '2024-03-10T13:00:00.000+01:00'],
  ['$today.toFormat("HH:mm")', 0, '00:00'],
  ['$jmespath($json, "n")', 0, 200],
  ['$ifEmpty($json.no, "none")', 0, 'none'],
  ['$fromAI("n")', 0, 200],
  ['$fromAI("other", "", "string", "x")', 0, 'x'],
  ['$max(1, 3) + $min(2, 5) + $average(2, 4)', 0, 8],
])('%s of item %i', (code, index, value) => {
  expect(evaluate(code, chain(), index)).toEqual(value);
});

test('every variable can be seen from another item', () => {
  const seen = (code: string) => evaluate(`$item(1).${code}`, chain(), 0);
  expect(seen('$json.n')).toBe(100);
  expect(seen('$node.A.json.n')).toBe(2);
  expect(seen('$("A").item.json.n')).toBe(1);
  expect(seen('$input.item.json.n')).toBe(100);
  expect(seen('$itemIndex')).toBe(1);
  expect(evaluate('[$item(1).$json.n, $json.n]', chain(), 0)).toEqual([100, 200]);
});

test('of a resource locator expressions see the value', () => {
  const parameters = {
    sheet: { __rl: true, mode: 'id', value: 'abc' },
    list: [{ __rl: true, value: 1 }],
  };
  const scope = { ...chain(), parameters: () => parameters };
  expect(evaluate('$parameter.sheet + $parameter.list[0]', scope)).toBe('abc1');
});

test.each([
  ['$("Gone").item', "Referenced node doesn't exist", undefined],
  ['$("C").first()', "Node 'C' hasn't been executed", 'no_execution_data'],
  ['$("A").item', 'Multiple matches found', 'paired_item_multiple_matches'],
  ['$env.HOME', 'access to env vars denied', undefined],
  ['$jmespath("a", "b")', 'expected two arguments (Object, string) for this function', undefined],
])('%s says why not', (code, message, type) => {
  const check = () => evaluate(code, chain([0, 1]), 1);
  expect(check).toThrow(
    expect.objectContaining({
      message,
      details: expect.objectContaining(type === undefined ? {} : { type }),
    }),
  );
});

test.each([
  ['lineage that points nowhere', 9, 'paired_item_invalid_info'],
  ['lineage nobody wrote', undefined, 'paired_item_no_info'],
])('names %s', (_, paired, type) => {
  const scope = chain();
  const input = [item(1, paired), item(2, paired)];
  expect(() => evaluate('$("A").item', { ...scope, input })).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ type }) }),
  );
});
