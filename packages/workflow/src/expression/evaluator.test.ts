import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMillraceError } from '../errors/index.ts';
import { createEvaluator, evaluateTable } from './index.ts';
import { scopeOf } from './scope.fixture.ts';

const json = {
  n: 5,
  s: 'Hello',
  list: [3, 1, 2],
  people: [
    { name: 'Ann', age: 31 },
    { name: 'Bo', age: 12 },
  ],
  nothing: null,
};
const evaluate = (text: string) => createEvaluator().evaluate(text, scopeOf([{ json }]), 0);

test.each([
  ['gives text without = back', 'a {{ 1 }}', 'a {{ 1 }}'],
  ['keeps the type of a sole chunk', '={{ $json.list }}', [3, 1, 2]],
  ['makes text of anything beside a chunk', '={{ $json.n }} ', '5 '],
  ['leaves empty values out of text', '=[{{ null }}{{ undefined }}{{ NaN }}]', '[]'],
  ['closes at the first }}', '={{ "a\\}}b" }}', 'a}}b'],
  ['keeps escaped braces as text', '=\\{{ 1 }}', '\\{{ 1 }}'],
  ['takes an object literal for one', '={{ {a: $json.n} }}', { a: 5 }],
  ['takes the first of several expressions', '={{ 1; 2 }}', 1],
  ['reads an open chunk to the end', '={{ $json.n', 5],
])('%s', (_, text, value) => {
  expect(evaluate(text)).toEqual(value);
});

test.each([
  [
    'declarations and loops',
    'let s = 0; for (let i = 0; i < 4; i++) { if (i === 2) continue; s += i } return s',
    4,
  ],
  [
    'for…of with destructuring',
    'const o = []; for (const { name, age = 1 } of $json.people) o.push(name + age); return o',
    ['Ann31', 'Bo12'],
  ],
  ['for…in', 'const k = []; for (const key in { a: 1, b: 2 }) k.push(key); return k', ['a', 'b']],
  ['labels', 'let n = 0; a: for (;;) { for (;;) { n++; if (n > 3) break a; } } return n', 4],
  [
    'switch with fall-through',
    'let r = ""; switch (2) { case 1: r += 1; case 2: r += 2; case 3: r += 3; break; default: r += "d" } return r',
    '23',
  ],
  [
    'try, catch and finally',
    'let r = ""; try { throw new Error("x") } catch (e) { r += e.message } finally { r += "f" } return r',
    'xf',
  ],
  [
    'closures that keep each round',
    'const f = []; for (let i = 0; i < 3; i++) f.push(() => i); return f.map(g => g())',
    [0, 1, 2],
  ],
  ['var and hoisted functions', 'var a = f(); function f() { return 7 } return a', 7],
  [
    'rest, spread and defaults',
    'const f = (a, b = 2, ...c) => [a, b, ...c]; return f(1, undefined, 3, 4)',
    [1, 2, 3, 4],
  ],
  [
    'nested destructuring',
    'const { people: [{ name }, ...others], ...rest } = $json; return [name, others.length, rest.n]',
    ['Ann', 1, 5],
  ],
  [
    'recursion by name',
    'const f = function g(n) { return n < 2 ? 1 : n * g(n - 1) }; return f(5)',
    120,
  ],
  ['assignment operators', 'let a = null; a ??= 4; a **= 2; a ||= 1; return a++ + ++a', 34],
  ['do…while', 'let i = 0; do { i++ } while (i < 3); return i', 3],
])('runs function bodies with %s', (_, body, value) => {
  expect(evaluate(`={{ (() => { ${body.replaceAll('}}', '} }')} })() }}`)).toEqual(value);
});

test.each([
  '={{ null.x }}',
  '={{ nope() }}',
  '={{ JSON.parse("{") }}',
  '={{ (() => { throw new Error("x") })() }}',
  '={{ 1n + 1 }}',
])('swallows the ordinary error of %s', (text) => {
  expect(evaluate(text)).toBeUndefined();
});

test.each([
  '={{ }}',
  '={{ let x = 1; x }}',
  '={{ class A {} }}',
  '={{ async () => 1 }}',
  '={{ 1 + }}',
  '={{ with (Math) { } }}',
  '={{ $if(true) }}',
])('refuses %s as syntax', (text) => {
  expect(() => evaluate(text)).toThrow(
    expect.objectContaining({ code: 'EXPR_SYNTAX', message: 'invalid syntax' }),
  );
});

test('works on copies: changes are seen in the expression and nowhere else', () => {
  const item = { json: { list: [2, 1], name: 'Ann' } };
  const before = structuredClone(item);
  const text =
    '={{ (() => { $json.name = "Bo"; $input.all()[0].json.list.sort(); delete $json.gone; return [$json.name, $json.list] })() }}';
  expect(createEvaluator().evaluate(text, scopeOf([item]), 0)).toEqual(['Bo', [1, 2]]);
  expect(item).toEqual(before);
});

test('prefers extra variables to nothing', () => {
  expect(
    createEvaluator().evaluate('={{ $response.body.next }}', scopeOf([{ json }]), 0, {
      $response: { body: { next: 2 } },
    }),
  ).toBe(2);
  expect(evaluate('={{ $response }}')).toBeUndefined();
});

test('turns Luxon values inside data to ISO text', () => {
  expect(evaluate('={{ [DateTime.fromISO("2024-01-01")] }}')).toEqual([
    '2024-01-01T00:00:00.000+01:00',
  ]);
});

test('answers a table row by row', () => {
  const table = {
    inputs: { one: { n: 1 } },
    timezone: 'UTC',
    rows: [
      { expr: '={{ $json.n }}', input: 'one' },
      { expr: '={{ $json.no }}', input: { a: 1 } },
      { expr: '={{ 1 + }}', input: 'one' },
      { expr: "={{ $('Start').item.json.n }}", input: 'one' },
    ],
  };
  expect(evaluateTable(table, 0)).toEqual([
    { value: 1 },
    {},
    { error: { message: 'invalid syntax', type: 'EXPR_SYNTAX' } },
    { value: 1 },
  ]);
});

const fragments = fc.constantFrom(
  '$json',
  '.list',
  '.map(x => x)',
  '(',
  ')',
  '[0]',
  '"a"',
  '+',
  '1',
  '{',
  '}',
  '=>',
  ' x ',
  '.repeat(9e9)',
  '?.',
  '...',
  '`${',
  '}`',
  '/a+/g',
  'new Date()',
  '.constructor',
  ',',
  ';',
  '$input',
  '.all()',
  '10n ** 99n',
  'for(;;);',
  '.split("")',
  '!',
  '[',
);

test('never throws outside its own errors', () => {
  const evaluator = createEvaluator({ limits: { steps: 20_000 } });
  const scope = scopeOf([{ json }]);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fragments, { maxLength: 14 }).map((parts) => parts.join('')),
      ),
      (code) => {
        try {
          evaluator.evaluate(`={{${code}}}`, scope, 0);
        } catch (error) {
          expect(isMillraceError(error)).toBe(true);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('computes what JavaScript does', () => {
  const operators = fc.constantFrom(
    '+',
    '-',
    '*',
    '%',
    '|',
    '&',
    '^',
    '<<',
    '>>>',
    '<',
    '>=',
    '==',
    '===',
    '&&',
    '||',
    '??',
  );
  const operands = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.string({ maxLength: 5 }),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(operands, operators, operands, (left, operator, right) => {
      const code = `(a, b) => a ${operator} b`;
      const expected: unknown = new Function(`return (${code})`)()(left, right);
      expect(
        createEvaluator().evaluate(`={{ (${code})($l, $r) }}`, scopeOf([{ json }]), 0, {
          $l: left,
          $r: right,
        }),
      ).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
