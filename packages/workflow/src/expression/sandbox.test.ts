import { expect, test } from 'vitest';
import { createEvaluator, evaluateTable } from './index.ts';
import { scopeOf } from './scope.fixture.ts';

const answer = (code: string) =>
  evaluateTable({ inputs: {}, rows: [{ expr: `={{ ${code} }}`, input: { name: 'Ann' } }] })[0];
const codeOf = (code: string) => {
  try {
    createEvaluator().evaluate(`={{ ${code} }}`, scopeOf([{ json: { name: 'Ann' } }]), 0);
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

test.each([
  `[].map.constructor('return 1')()`,
  `Math['const' + 'ructor']`,
  `((a) => a['__pro' + 'to__'])({})`,
  `(({ ['constr' + 'uctor']: c }) => c)({})`,
  `(({ prototype: p }) => p)(Object)`,
  `DateTime.now().constructor`,
  `$input.constructor`,
  `$now['zone']['constructor']`,
  `/a/.constructor`,
  '((x) => x.constructor`return 1`)(() => 1)',
  `Object.assign({}, JSON.parse('{"constructor": 1}'))`,
  `Object.fromEntries([['__proto__', { a: 1 }]])`,
  `({ ['__proto__']: { a: 1 } })`,
  `(() => { const o = {}; o['__proto__'] = { a: 1 }; return o })()`,
])('refuses the ladder %s', (code) => {
  expect(codeOf(code.replaceAll('}}', '} }'))).toBe('EXPR_FAILED');
});

test.each([
  'process',
  'globalThis',
  'require',
  'Function',
  'eval',
  'Reflect',
  'Proxy',
  'Promise',
  'setTimeout',
  'fetch',
  'this',
  'console',
  'Symbol',
  'WebAssembly',
])('knows no %s', (name) => {
  expect(answer(`typeof ${name}`)).toEqual({ value: 'undefined' });
});

test('gives no function out, however deep', () => {
  for (const code of [
    '() => 1',
    '[() => 1]',
    '({ then(r) { r(1) } })',
    'Math.max',
    '$json.name.trim',
    'new Map([[1, () => 1]])',
    '$input.first',
  ]) {
    expect(codeOf(code)).toBe('EXPR_FAILED');
  }
});

test('never lets the host call into an expression', () => {
  expect(answer('JSON.stringify([1]) + ({ toString() { return "own" } })')).toEqual({
    value: '[1]own',
  });
  expect(answer('[{ toString() { return "own" } }].join()')).toEqual({ value: 'own' });
  expect(answer('"a".replace("a", { toString: () => "own" })')).toEqual({ value: 'own' });
});

test('plants nothing on prototypes', () => {
  answer(`Object.assign({}, JSON.parse('{"__proto__":{"planted":1}}'))`);
  answer('(() => { [].planted = 1; ({}).planted = 1; return 1 })()');
  expect(
    Object.hasOwn(Object.prototype, 'planted') || Object.hasOwn(Array.prototype, 'planted'),
  ).toBe(false);
  expect(answer(`JSON.parse('{"__proto__":{"planted":1} }')`)).toEqual({ value: {} });
});

test.each([
  ['endless loops', '(() => { for (;;); })()'],
  ['endless recursion', '(() => { const f = () => f(); return f() })()'],
  ['endless recursion through natives', '(() => { const f = () => [1].map(f); return f() })()'],
  ['loops that catch', '(() => { for (;;) try { null.x } catch {} })()'],
  ['long text', '"x".repeat(1e9)'],
  ['text doubled', '(() => { let s = "x"; for (;;) s += s })()'],
  ['padding', '"x".padStart(1e9)'],
  ['replacement growth', '"x".repeat(1e6).replaceAll("x", "y".repeat(1e5))'],
  ['joins', 'new Array(1e5).fill("x".repeat(1e4)).join()'],
  ['self-nested joins', '(() => { let a = ["x".repeat(1e5)]; for (;;) a = [a, a]; })()'],
  ['big arrays', 'new Array(4e9 - 1)'],
  ['many arrays', '(() => { const a = []; for (;;) a.push(new Array(1e5)) })()'],
  ['array length', '(() => { const a = []; a[4e8] = 1; return a })()'],
  ['array likes', 'Array.from({ length: 1e9 })'],
  ['huge BigInts', '(() => { let x = 3n; for (;;) x *= x })()'],
  ['BigInt powers', '2n ** 10000000n'],
  ['BigInt shifts', '1n << 100000000n'],
  ['splits', '"x".repeat(1e7).split("")'],
  ['number lists', 'numberList(1, 1e9)'],
  [
    'interval splits',
    'Interval.after(DateTime.now(), { years: 9000 }).splitBy({ milliseconds: 1 })',
  ],
])('stops %s', (_, code) => {
  expect(codeOf(code.replaceAll('}}', '} }'))).toBe('EXPR_BUDGET');
});

test('matches regular expressions in linear time', () => {
  const start = performance.now();
  expect(answer(`/^(a+)+$/.test('a'.repeat(5000) + '!')`)).toEqual({ value: false });
  expect(answer(`/(x+x+)+y/.test('x'.repeat(5000))`)).toEqual({ value: false });
  expect(performance.now() - start).toBeLessThan(2000);
});

test.each(['/(?=a)b/', '/(?<!a)b/', String.raw`/(a)\1/`])('names what %s needs', (pattern) => {
  expect(answer(`${pattern}.test("ab")`)).toEqual({
    error: { message: expect.stringMatching(/look-|back-reference/), type: 'EXPR_FAILED' },
  });
});

test('hands unusual patterns to the slow engine where there is one', () => {
  const evaluator = createEvaluator({ slowRegex: () => ({ index: 1, groups: ['b'] }) });
  expect(evaluator.evaluate('={{ "ab".match(/(?<=a)b/)[0] }}', scopeOf([{ json: {} }]), 0)).toBe(
    'b',
  );
});

test('states an error for cycles and depth', () => {
  expect(codeOf('(() => { const a = {}; a.self = a; return a })()')).toBe('EXPR_FAILED');
  expect(codeOf('(() => { let a = []; for (let i = 0; i < 5000; i++) a = [a]; return a })()')).toBe(
    'EXPR_FAILED',
  );
  expect(codeOf(`${'('.repeat(20_000)}1${')'.repeat(20_000)}`)).toBe('EXPR_SYNTAX');
});
