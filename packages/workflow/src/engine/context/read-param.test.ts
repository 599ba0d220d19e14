import { describe, expect, test } from 'vitest';
import type { ParamOptions, Property } from '../../node-api/index.ts';
import { flow, nodeType, run, start } from '../testing-flow.ts';

const property = (name: string, more: Partial<Property> = {}): Property => ({
  displayName: name,
  name,
  type: 'string',
  default: '',
  ...more,
});

const modes = [
  { name: 'url', extractValue: { type: 'regex', regex: 'x\\.io/(\\w+)' } },
  { name: 'id' },
];

const properties = [
  property('text'),
  property('rows', {
    type: 'fixedCollection',
    default: {},
    typeOptions: { multipleValues: true },
    options: [{ name: 'row', displayName: 'Row', values: [property('name')] }],
  }),
  property('place', { type: 'resourceLocator', default: {}, modes }),
  property('options', {
    type: 'collection',
    default: {},
    options: [
      property('place', { type: 'resourceLocator', default: {}, modes }),
      property('limit', { type: 'number', default: 1, validateType: 'number' }),
    ],
  }),
  property('conditions', { type: 'filter', default: {} }),
  property('count', { type: 'number', default: 0, validateType: 'number' }),
  property('mapped', {
    type: 'json',
    default: '{}',
    validateType: 'object',
    ignoreValidationDuringExecution: true,
  }),
];

/** What a node reads at a path, item by item; the error when there is one. */
async function read(
  parameters: object,
  path: string,
  options?: ParamOptions,
  timezone?: string,
): Promise<unknown> {
  const reader = nodeType(
    'a',
    (context) => [
      context.items().map((_, index) => ({ json: { read: context.param(path, index, options) } })),
    ],
    { properties },
  );
  const workflow = flow('start > a', { nodes: { a: { parameters: { ...parameters } } } });
  const settings = { ...workflow.settings, ...(timezone && { timezone }) };
  const { runs, error } = await run({ ...workflow, settings }, [start(1, 2), reader]);
  return error?.message ?? runs.at(-1)?.outputs[0]?.map(({ json }) => json.read);
}

const rows = { rows: { row: [{ name: 'one' }, { name: '={{ $json.n }}' }] } };

test.each<[string, object, string, ParamOptions | undefined, unknown]>([
  ['a literal', { text: 'x' }, 'text', undefined, ['x', 'x']],
  ['an expression per item', { text: '={{ $json.n }}' }, 'text', undefined, [1, 2]],
  ['a field of a row', rows, 'rows.row[1].name', undefined, [1, 2]],
  [
    'a whole list',
    { rows: { row: [{ name: 'a' }] } },
    'rows.row',
    undefined,
    [[{ name: 'a' }], [{ name: 'a' }]],
  ],
  [
    'what an expression made',
    { rows: '={{ { row: [{ name: $json.n }] } }}' },
    'rows.row[0].name',
    undefined,
    [1, 2],
  ],
  ['the fallback', {}, 'options.limit', { fallback: 7 }, [7, 7]],
  [
    'the text as written',
    { text: '={{ $json.n }}' },
    'text',
    { raw: true },
    ['={{ $json.n }}', '={{ $json.n }}'],
  ],
  ['a text as a number', { text: '5' }, 'text', { ensureType: 'number' }, [5, 5]],
  ['a text as a list', { text: '[1]' }, 'text', { ensureType: 'array' }, [[1], [1]]],
  ['no value', {}, 'options.gone', undefined, 'Parameter "options.gone" needs a value'],
])('reads %s', async (_, parameters, path, options, expected) => {
  expect(await read(parameters, path, options)).toEqual(expected);
});

test('refuses what cannot be made the type a node asks for', async () => {
  expect(await read({ text: 'x' }, 'text', { ensureType: 'number' })).toContain('should be number');
});

describe('extracts', () => {
  const url = { __rl: true, mode: 'url', value: 'https://x.io/abc/edit' };

  test('the id of a locator, in a collection too', async () => {
    const options = { extractValue: true };
    expect(await read({ place: url }, 'place', options)).toEqual(['abc', 'abc']);
    expect(await read({ options: { place: url } }, 'options.place', options)).toEqual([
      'abc',
      'abc',
    ]);
    expect(await read({ place: { ...url, mode: 'id' } }, 'place', options)).toEqual([
      url.value,
      url.value,
    ]);
  });

  test('the verdict of a filter, with dates in the zone of the workflow', async () => {
    const conditions = {
      options: { typeValidation: 'loose', version: 3 },
      combinator: 'and',
      conditions: [
        {
          leftValue: '2024-01-01',
          rightValue: '2023-12-31T23:00:00Z',
          operator: { type: 'dateTime', operation: 'equals' },
        },
      ],
    };
    const options = { extractValue: true };
    expect(await read({ conditions }, 'conditions', options, 'Europe/Berlin')).toEqual([
      true,
      true,
    ]);
    expect(await read({ conditions }, 'conditions', options, 'UTC')).toEqual([false, false]);
  });
});

describe('a declared type', () => {
  test('is what expressions are made to fit, members of collections too', async () => {
    expect(await read({ count: '={{ "1" + $json.n }}' }, 'count')).toEqual([11, 12]);
    expect(await read({ options: { limit: '={{ String($json.n) }}' } }, 'options')).toEqual([
      { limit: 1 },
      { limit: 2 },
    ]);
  });

  test('names the parameter and the item when it does not fit', async () => {
    expect(await read({ count: '={{ "x" }}' }, 'count')).toBe("Invalid input for 'count' [item 0]");
  });

  test('does not count where the node or the property says so', async () => {
    expect(await read({ count: '={{ "x" }}' }, 'count', { skipValidation: true })).toEqual([
      'x',
      'x',
    ]);
    expect(await read({ mapped: '={{ "x" }}' }, 'mapped')).toEqual(['x', 'x']);
  });
});

test('reads as many paths as a node can think of', async () => {
  const reader = nodeType(
    'a',
    (context) => {
      const names = Array.from({ length: 3000 }, (_, at) =>
        context.param(`rows.row[${at}].name`, 0, { fallback: 'none' }),
      );
      return [[{ json: { last: names.at(-1), first: names[0] } }]];
    },
    { properties },
  );
  const parameters = { rows: { row: [{ name: 'one' }] } };
  const { runs } = await run(flow('start > a', { nodes: { a: { parameters } } }), [
    start(1),
    reader,
  ]);
  expect(runs.at(-1)?.outputs[0]?.[0]?.json).toEqual({ first: 'one', last: 'none' });
});
