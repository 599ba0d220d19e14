import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createEvaluator, listExtensionMethods } from '../index.ts';
import { scopeOf } from '../scope.fixture.ts';

const evaluate = (code: string) =>
  createEvaluator().evaluate(`={{ ${code} }}`, scopeOf([{ json: {} }]), 0);

test.each([
  ['"quick! brown FOX".toSentenceCase()', 'Quick! Brown fox'],
  ['"a-b c".toSnakeCase()', 'a_b_c'],
  ['"the lord of the rings".toTitleCase()', 'The Lord of the Rings'],
  ['"<b>x</b>".removeTags()', 'x'],
  ['"# T\\n**b** [l](u)".removeMarkdown()', 'T\nb l'],
  ['"no".toBoolean()', false],
  ['"off".toBoolean()', true],
  ['"12px".toInt()', 12],
  ['(1.005).round(2)', 1],
  ['(-2.5).round()', -3],
  ['(1234.5).format("de-DE")', '1.234,5'],
  ['(7).isOdd()', true],
  ['[1, 2, 2].unique()', [1, 2]],
  ['[{ a: 1, b: 2 }].pluck("a")', [1]],
  ['[].sum() + [].average()', 0],
  ['({ a: 1, b: "" }).compact()', { a: 1 }],
  ['({ a: 1, b: 2 }).removeField("a")', { b: 2 }],
  ['({ q: "a b", n: 1 }).urlEncode()', 'q=a+b&n=1'],
  ['true.toNumber()', 1],
  ['DateTime.fromISO("2024-02-10").endOfMonth().format("dd")', '29'],
  ['DateTime.fromISO("2024-01-01").diffTo("2024-01-11")', -10],
  ['DateTime.fromISO("2024-03-01").plus({ days: 2 }).extract("day")', 3],
  ['undefined.isEmpty()', true],
  ['Object.keys({ a: 1 })', ['a']],
])('%s', (code, value) => {
  expect(evaluate(code)).toEqual(value);
});

test.each([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha224', 'sha224'],
  ['sha256', 'sha256'],
  ['sha384', 'sha384'],
  ['sha512', 'sha512'],
  ['sha3', 'sha3-512'],
])('hashes by %s at every padding', (ours, theirs) => {
  for (const length of [0, 1, 55, 56, 64, 71, 72, 111, 112, 128, 300]) {
    const text = 'ü'.repeat(length % 7) + 'x'.repeat(length);
    expect(evaluate(`"${text}".hash("${ours}")`)).toBe(
      createHash(theirs).update(text).digest('hex'),
    );
  }
});

test('offers each method with a description', () => {
  const methods = listExtensionMethods();
  expect(
    methods.find(({ type, name }) => type === 'String' && name === 'extractEmail')?.description,
  ).toMatch(/email/);
  expect(methods.every(({ description }) => description.length > 3)).toBe(true);
});

test('reads dates by formats that cannot be made slow', () => {
  const start = performance.now();
  expect(evaluate(`"${'1'.repeat(90)}!".toDateTime("${'dM'.repeat(30)}")`)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(500);
});
