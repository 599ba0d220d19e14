import { expect, test } from 'vitest';
import { evaluateTable } from '../index.ts';

const input = {
  iso: '2024-03-10T15:45:30.000Z',
  objs: [
    { id: 1, name: 'A', g: 'x' },
    { id: 2, name: 'B', g: 'x' },
  ],
};
const answer = (code: string) =>
  evaluateTable({
    inputs: {},
    timezone: 'Europe/Berlin',
    rows: [{ expr: `={{ ${code} }}`, input }],
  })[0];

/** Every method there is (n8n-facts B4): none may be forgotten, and none is on another type. */
test.each([
  [
    '"a"',
    'hash removeMarkdown removeTags toBoolean toSentenceCase toSnakeCase toTitleCase urlDecode urlEncode quote replaceSpecialChars length isDomain isEmail isNumeric isUrl isEmpty isNotEmpty toJsonString extractEmail extractDomain extractUrl extractUrlPath base64Encode base64Decode',
  ],
  ['"7"', 'toDecimalNumber toNumber toFloat toInt toWholeNumber parseJson'],
  ['"2024-01-01"', 'toDate toDateTime'],
  ['(4)', 'ceil floor format round abs isInteger isEven isOdd toBoolean toInt toFloat toDateTime'],
  [
    '[1]',
    'removeDuplicates unique first last reverse pluck randomItem sum min max average isNotEmpty isEmpty compact merge mergeIntoObject append toJsonString',
  ],
  [
    '({ a: 1 })',
    'isEmpty isNotEmpty hasField removeField compact urlEncode keys values toJsonString',
  ],
  [
    'new Date(0)',
    'beginningOf endOfMonth extract isDst isInLast isWeekend minus plus format toDateTime diffTo diffToNow toInt toFloat isEmpty isNotEmpty',
  ],
  ['true', 'toBoolean toInt toFloat toNumber'],
])('%s has all its methods', (value, methods) => {
  for (const method of methods.split(' '))
    expect([method, answer(`${value}.${method}()`)]).not.toEqual([
      method,
      { error: expect.anything() },
    ]);
});

test.each([
  ['"off".toBoolean()', true],
  ['"NO".toBoolean()', false],
  ['[].first()', undefined],
  ['[].last()', undefined],
  ['[].randomItem()', undefined],
  ['[].sum() + [].average()', 0],
  ['[1, "1", 1].unique()', [1, '1']],
  ['$json.objs.unique("g").length', 1],
  ['$json.objs.pluck("name")', ['A', 'B']],
  ['["a"].pluck("x")', ['a']],
  ['["a"].renameKeys("a", "b")', ['a']],
  ['[1, 2].chunk(10)', [[1, 2]]],
  ['[{ a: 1 }].merge()', { a: 1 }],
  ['({ a: "keep", b: 1 }).keepFieldsContaining("ee")', { a: 'keep' }],
  ['({ a: "keep", b: 1 }).removeFieldsContaining("ee")', { b: 1 }],
  ['({ a: 1 }).removeField()', { a: 1 }],
  ['(-7).isOdd()', true],
  ['(1.005).round(2)', 1],
  ['(-2.5).round()', -3],
  ['(0).isEmpty()', true],
  ['(0).toBoolean()', false],
  ['true.toNumber() + false.toInt()', 1],
  ['null.isEmpty()', true],
  ['undefined.isNotEmpty()', false],
  ['$json.iso.format("yyyy")', 'Invalid DateTime'],
  ['$json.iso.extract()', null],
  ['$json.iso.plus(1, "day")', null],
  ['$json.iso.toDateTime().plus(1, "day").format("dd")', '11'],
  ['$json.iso.toDateTime().zoneName', 'UTC'],
  ['"2024-03-31T01:30".toDateTime().plus(1, "hour").format("HH:mm")', '03:30'],
  ['new Date("2024-03-01").diffTo(new Date("2024-03-10"), "days")', -9],
  [
    'new Date("2024-03-02T12:00:00Z").diffTo("2024-03-01T00:00:00Z", ["days", "hours"])',
    { days: 1, hours: 12 },
  ],
  ['[1].toInt()', undefined],
  ['({}).toFloat()', undefined],
  ['true.toDateTime()', undefined],
  ['$json.nope?.toTitleCase()', undefined],
])('%s gives %s', (code, value) => {
  expect(answer(code)).toEqual(value === undefined ? {} : { value });
});

test.each([
  ['$json.objs.sum()', 'sum(): all array elements must be numbers'],
  ['[1].chunk(0)', 'chunk(): expected non-zero numeric arg, e.g. .chunk(5)'],
  ['[1].smartJoin("a")', "smartJoin(): expected two string args, e.g. .smartJoin('name', 'value')"],
  ['({}).keepFieldsContaining("")', 'keepFieldsContaining(): expected non-empty string arg'],
  ['(1.5).isEven()', 'isEven() is only callable on integers'],
  ['({}).merge([])', 'merge() is only callable on type "Array"'],
  ['(5).toJsonString()', expect.stringContaining('toJsonString() is only callable on type')],
  ['null.first()', "first can't be used on null value"],
  ['"{".parseJson()', 'Parsing failed'],
])('%s says why not', (code, message) => {
  expect(answer(code)).toMatchObject({ error: { message } });
});
