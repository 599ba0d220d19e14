import { expect, test } from 'vitest';
import { createEvaluator, ExpressionError, ExpressionSyntaxError } from './index.ts';
import { scopeOf } from './scope.fixture.ts';

const { evaluate } = createEvaluator();
const lax = scopeOf([{ json: { customer: { name: 'Ann' }, total: 3 } }]);
const strict = { ...lax, isStrict: true };

function failure(text: string, scope = lax): ExpressionError | ExpressionSyntaxError {
  try {
    evaluate(text, scope, 0);
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
  throw new Error(`${text} did not fail`);
}

test.each([
  ['={{ $("Strat").first() }}', { name: 'Strat', position: 6 }],
  ['=Hi {{ $node["Nope"].json }}', { name: 'Nope', position: 13 }],
  ['={{ $json.customer.toTitleCase() }}', { name: 'toTitleCase', position: 19 }],
  ['={{ $json.missing.hash() }}', { name: 'hash', position: 18 }],
  ['={{ $json["constructor"] }}', { name: 'constructor', position: 10 }],
])('%s says which name and where', (text, place) => {
  expect(failure(text).details).toMatchObject(place);
});

test('a node that is not there is told with the nearest that is', () => {
  const nodes = new Map([['Get customers', lax.node]]);
  const scope = { ...lax, workflow: { ...lax.workflow, nodes } };
  const { details, fix } = failure('={{ $("Get custmers").item }}', scope);
  expect(details).toMatchObject({ name: 'Get custmers', nearest: 'Get customers' });
  expect(fix).toBe('Did you mean "Get customers"?');
});

test.each([
  ['=a {{ 1 + }}', 10],
  ['={{ 1 }} and {{ let x = 1 }}', 16],
  ['={{ $json.a ', undefined],
])('%s has its syntax error at %s', (text, position) => {
  if (position === undefined) expect(evaluate(text, lax, 0)).toBeUndefined();
  else expect(failure(text).details).toMatchObject({ position });
});

test.each([
  ['={{ $json.totl }}', { name: 'totl', nearest: 'total', position: 10 }],
  ['={{ $json.customer.nmae.length }}', { name: 'nmae', nearest: 'name', position: 19 }],
  ['=Hi {{ $jsn.total }}', { name: '$jsn', nearest: '$json', position: 7 }],
  ['=Hi {{ $json.zzz }}', { name: 'zzz' }],
])('in a strict workflow %s is an error', (text, details) => {
  expect(evaluate(text, lax, 0)).toSatisfy((value) => value === undefined || value === 'Hi ');
  expect(failure(text, strict).details).toMatchObject(details);
});

test.each([
  ['={{ $json.totl ?? 7 }}', 7],
  ['={{ $json.total }}', 3],
  ['={{ null }}', null],
  ['=<{{ null }}>', '<>'],
])('in a strict workflow %s stays %s', (text, value) => {
  expect(evaluate(text, strict, 0)).toBe(value);
});

test('in a strict workflow an ordinary error says what it was', () => {
  expect(failure('={{ JSON.parse("{") }}', strict).message).toMatch(/^The expression failed: /);
  expect(failure('={{ (() => { throw new Error("mine") })() }}', strict).message).toBe(
    'The expression failed: mine',
  );
});
