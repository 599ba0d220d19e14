import fc from 'fast-check';
import { DateTime, Duration, Interval } from 'luxon';
import { expect, test } from 'vitest';
import { isMillraceError } from '../errors/index.ts';
import { createEvaluator, listExtensionMethods, listVariables } from './index.ts';
import { scopeOf } from './scope.fixture.ts';
import { splitTemplate, type Chunk } from './template.ts';

const json = {
  n: 5,
  s: 'Hello World',
  list: [3, 1, 2],
  deep: { a: { b: [{ c: null }] } },
  iso: '2024-03-10T15:45:30.000Z',
};
const before = structuredClone(json);
const scope = scopeOf([{ json }]);
const { evaluate } = createEvaluator({
  limits: {
    steps: 20_000,
    stringLength: 10_000,
    arrayLength: 2000,
    bytes: 1 << 20,
    bigintBits: 512,
  },
});

const MEMBERS = [
  ...new Set(listExtensionMethods().map(({ name }) => name)),
  ...'map filter reduce forEach join slice concat split repeat padStart replace match at sort flat push splice'.split(
    ' ',
  ),
  ...'toString valueOf call apply bind then toJSON toISO plus entries keys length name'.split(' '),
  ...'constructor __proto__ prototype caller arguments __defineGetter__'.split(' '),
];
const ROOTS = [
  ...listVariables().filter((name) => name !== '$'),
  ...'Object Array Math JSON Date DateTime Duration Interval String Number BigInt RegExp Map Set Error Intl'.split(
    ' ',
  ),
  ...'globalThis process Function this undefined x'.split(' '),
];
const LITERALS = [
  '0',
  '-1',
  '1e9',
  '5n',
  '""',
  '"a"',
  '[]',
  '{}',
  'null',
  'true',
  '/a+/g',
  '`t`',
  'NaN',
];

/** Code that mostly means something: calls, members and operators over everything an expression has. */
const { code } = fc.letrec<{ code: string }>((again) => ({
  code: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...LITERALS.map((text) => `(${text})`)),
    fc.constantFrom(...ROOTS),
    fc.constantFrom('$json.n', '$json.s', '$json.list', '$json.deep.a', '$json.iso'),
    fc.tuple(again('code'), fc.constantFrom(...MEMBERS)).map(([on, name]) => `${on}.${name}`),
    fc.tuple(again('code'), again('code')).map(([on, key]) => `${on}[${key}]`),
    fc
      .tuple(again('code'), fc.constantFrom(...MEMBERS), fc.array(again('code'), { maxLength: 3 }))
      .map(([on, name, args]) => `${on}.${name}(${args.join(', ')})`),
    fc
      .tuple(again('code'), fc.array(again('code'), { maxLength: 2 }))
      .map(([on, args]) => `${on}(${args.join(', ')})`),
    fc.tuple(again('code'), again('code')).map(([on, arg]) => `new ${on}(${arg})`),
    fc
      .tuple(
        again('code'),
        fc.constantFrom('+', '*', '**', '<', '==', '&&', '??', 'in', 'instanceof', ','),
        again('code'),
      )
      .map(([one, operator, other]) => `(${one} ${operator} ${other})`),
    again('code').map((body) => `((x, y) => ${body})`),
    again('code').map((body) => `(() => { while (true) { ${body}; x = [x, x] } })()`),
    again('code').map((value) => `({ a: ${value}, ...${value} })`),
    again('code').map((value) => `[...${value}, ${value}]`),
    again('code').map((value) => `(() => { try { return ${value} } catch (x) { return x } })()`),
    again('code').map((value) => `($json.list.a = ${value})`),
  ),
}));

const outcomeOf = (text: string) => {
  try {
    return { value: evaluate(text, scope, 0) };
  } catch (error) {
    return { error };
  }
};

test('an expression gives plain data or one of our errors, and changes nothing', () => {
  fc.assert(
    fc.property(code, (text) => {
      const { value, error } = outcomeOf(`={{ ${text.replaceAll('}}', '} }')} }}`);
      if (error === undefined) expectPlain(value);
      else expect(isMillraceError(error) && error.code).toMatch(/^EXPR_(SYNTAX|FAILED|BUDGET)$/);
      expect(json).toEqual(before);
    }),
    { numRuns: 1500 },
  );
});

test('any text at all is handled', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('{{', '}}', '\\', '$json', '(', ')', '=>', "'"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { error } = outcomeOf(`=${pieces.join('')}`);
      if (error !== undefined) expect(isMillraceError(error) && error.code).toMatch(/^EXPR_/);
    }),
    { numRuns: 1000 },
  );
});

test('the ranges of the chunks are the text they came from, whole and in order', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('{{', '}}', '\\}}', '\\{{', '$json.a'));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const body = pieces.join('');
      const rebuilt = splitTemplate(body)
        .map(({ kind, from, to }) =>
          kind === 'text' ? body.slice(from, to) : body.slice(from - 2, to + 2),
        )
        .join('');
      expect(body.startsWith(rebuilt)).toBe(true);
      expect(body.slice(rebuilt.length)).toMatch(/^(?:\{\{\s*)?$/);
    }),
    { numRuns: 1000 },
  );
});

test('closed chunks print to the very text they came from', () => {
  const word = fc.stringMatching(/^[^{}\\]*$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word)), (parts) => {
      const body = parts.map(([text, inside]) => `${text}{{${inside}}}`).join('');
      expect(print(splitTemplate(body))).toBe(body);
    }),
  );
});

const print = (chunks: readonly Chunk[]) =>
  chunks
    .map(({ kind, text }) => (kind === 'text' ? text : `{{${text.replaceAll('}}', '\\}}')}}}`))
    .join('');

/** Nothing of the host: no function, and no object of a class that is not data. */
function expectPlain(value: unknown): void {
  expect(typeof value).not.toMatch(/function|symbol/);
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval) return;
  if (value instanceof Date || ArrayBuffer.isView(value)) return;
  if (value instanceof Map || value instanceof Set) return [...value].forEach(expectPlain);
  if (!Array.isArray(value))
    expect([Object.prototype, null]).toContain(Object.getPrototypeOf(value));
  for (const member of Object.values(value)) expectPlain(member);
}
