import { expect, test } from 'vitest';
import type { Property } from '../node-api/index.ts';
import { normalizeParameters } from './normalize.ts';

const property = (type: string, more: Partial<Property> = {}): Property => ({
  displayName: 'P',
  name: 'p',
  type,
  default: '',
  ...more,
});

const member = (name: string, value: unknown): Property =>
  property('string', { name, displayName: name, default: value });

const group = { name: 'g', displayName: 'G', values: [member('a', 'x'), member('b', 'y')] };
const SINGLE = property('fixedCollection', { default: {}, options: [group] });
const MANY = property('fixedCollection', {
  default: {},
  typeOptions: { multipleValues: true },
  options: [group],
});
const COLLECTION = property('collection', {
  default: {},
  options: [member('a', 'x'), member('b', 'y')],
});

/** What a run sees of the one parameter `p`, for what is saved. */
test.each<[string, Property, unknown, unknown]>([
  ['a default', property('string', { default: 'd' }), undefined, 'd'],
  ['a value', property('string', { default: 'd' }), 'v', 'v'],
  ['an empty text that is meant', property('string', { default: 'd' }), '', ''],
  ['a number 0', property('number', { default: 5 }), 0, 0],
  ['a switch that is off', property('boolean', { default: true }), false, false],
  ['no choice of several', property('multiOptions', { default: ['a'] }), [], []],
  ['a colour', property('color', { default: '#fff' }), '#000', '#000'],
  ['something hidden', property('hidden', { default: 'h' }), undefined, 'h'],
  ['JSON', property('json', { default: '{}' }), '[1]', '[1]'],
  ['a date', property('dateTime'), '2024-01-01', '2024-01-01'],
  ['a field without expressions', property('options', { noDataExpression: true }), '=a', 'a'],
  ['a notice', property('notice'), 'x', undefined],
  ['a callout', property('callout'), 'x', undefined],
  [
    'a locator, marked',
    property('resourceLocator', { default: { mode: 'list', value: '' } }),
    undefined,
    { mode: 'list', value: '', __rl: true },
  ],
  ['an old plain value in a locator', property('resourceLocator'), 'id-1', 'id-1'],
  [
    'a mapper',
    property('resourceMapper', { default: { mappingMode: 'defineBelow', value: null } }),
    { mappingMode: 'autoMapInputData', value: null },
    { mappingMode: 'autoMapInputData', value: null },
  ],
  [
    'a filter, completed',
    property('filter', { default: {}, typeOptions: { filter: { version: 2 } } }),
    { conditions: [1] },
    {
      combinator: 'and',
      conditions: [1],
      options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
    },
  ],
  [
    'assignments',
    property('assignmentCollection', { default: {} }),
    { assignments: [{ name: 'a' }] },
    { assignments: [{ name: 'a' }] },
  ],
  ['a collection: members get no defaults, strangers go', COLLECTION, { b: 1, z: 2 }, { b: 1 }],
  [
    'a collection of several, as it is',
    { ...COLLECTION, typeOptions: { multipleValues: true } },
    [1],
    [1],
  ],
  ['a group: members get defaults', SINGLE, { g: { b: 1 } }, { g: { a: 'x', b: 1 } }],
  ['a group that is not there', SINGLE, {}, {}],
  [
    'rows of a group',
    MANY,
    { g: [{}, { a: 1 }] },
    {
      g: [
        { a: 'x', b: 'y' },
        { a: 1, b: 'y' },
      ],
    },
  ],
  ['an expression for the whole', MANY, '={{ $json }}', '={{ $json }}'],
])('%s', (_, described, given, expected) => {
  const values = given === undefined ? {} : { p: given };
  const { p } = normalizeParameters({ properties: [described] }, values);
  expect(p).toEqual(expected);
});

test('the stored form leaves out what equals the default, and gives the same again', () => {
  const properties = [property('number', { default: 5 }), { ...MANY, name: 'rows' }];
  const values = { p: 5, rows: { g: [{ a: 1 }] } };
  const stored = normalizeParameters({ properties }, values, { omitDefaults: true });
  expect(stored).not.toHaveProperty('p');
  expect(normalizeParameters({ properties }, stored)).toEqual(
    normalizeParameters({ properties }, values),
  );
});

test.each([
  [{ eq: 2 }, true],
  [{ not: 2 }, false],
  [{ gte: 2 }, true],
  [{ lte: 1 }, false],
  [{ gt: 1.9 }, true],
  [{ lt: 2 }, false],
  [{ between: { from: 1, to: 2 } }, true],
  [{ exists: true }, true],
  [{ regex: '^[12]$' }, true],
  [{ startsWith: '2' }, true],
  [{ endsWith: '3' }, false],
  [{ includes: '2' }, true],
  [{ nonsense: 1 }, false],
])('_cnd %j of version 2 is %s', (condition, expected) => {
  const described = property('string', {
    default: 'd',
    displayOptions: { show: { '@version': [{ _cnd: condition }] } },
  });
  const { p } = normalizeParameters({ properties: [described] }, {}, { version: 2 });
  expect(p).toBe(expected ? 'd' : undefined);
});
