import { expect, test } from 'vitest';
import { createRegistry, type NodeType, type Property } from '../node-api/index.ts';
import { parseWorkflow } from './parse-workflow.ts';
import { validateWorkflow } from './validate-workflow.ts';

const property = (name: string, more: Partial<Property> = {}): Property => ({
  displayName: name.toUpperCase(),
  name,
  type: 'string',
  default: '',
  ...more,
});

const typeOf = (properties: readonly Property[]): NodeType => ({
  description: {
    name: 'test.node',
    displayName: 'Node',
    group: ['data'],
    version: [1, 2],
    inputs: ['main'],
    outputs: ['main'],
    properties,
  },
});

/** The problems of a workflow whose one node has these parameters. */
function problemsOf(properties: readonly Property[], parameters: object, node: object = {}) {
  const { workflow } = parseWorkflow({
    name: 'w',
    nodes: [{ name: 'Node', type: 'test.node', typeVersion: 1, parameters, ...node }],
  });
  return validateWorkflow(workflow, createRegistry([typeOf(properties)])).map(
    ({ node: name, field, severity, message }) => ({ name, field, severity, message }),
  );
}

const choices = [
  { name: 'A', value: 'a' },
  { name: 'B', value: 'b' },
];
const locator = property('a', {
  type: 'resourceLocator',
  default: { mode: 'id', value: '' },
  modes: [
    {
      name: 'id',
      displayName: 'By id',
      validation: [{ type: 'regex', properties: { regex: '[0-9]{2,}', errorMessage: 'No id' } }],
    },
  ],
});
const rows = property('a', {
  type: 'fixedCollection',
  default: {},
  typeOptions: { multipleValues: true },
  options: [
    { name: 'row', displayName: 'Row', values: [property('n', { type: 'number', default: 1 })] },
  ],
});

test.each<[string, Property, unknown, string, RegExp]>([
  [
    'a choice there is not',
    property('a', { type: 'options', options: choices }),
    'c',
    'a',
    /"a", "b"/,
  ],
  [
    'one of several',
    property('a', { type: 'multiOptions', options: choices }),
    ['a', 'x'],
    'a',
    /"x"/,
  ],
  ['a text for a number', property('a', { type: 'number' }), 'ten', 'a', /should be a number/],
  [
    'too small a number',
    property('a', { type: 'number', typeOptions: { minValue: 1 } }),
    0,
    'a',
    /at least 1/,
  ],
  ['a text for a switch', property('a', { type: 'boolean' }), 'yes', 'a', /true or false/],
  ['no date', property('a', { type: 'dateTime' }), 'soon', 'a', /a date, not "soon"/],
  ['no JSON', property('a', { type: 'json' }), '{"a"', 'a', /not valid JSON/],
  ['a text for rows', rows, 'x', 'a', /an object/],
  ['a field of a row', rows, { row: [{ n: 1 }, { n: 'x' }] }, 'a.row[1].n', /should be a number/],
  ['an id no service has', locator, { __rl: true, mode: 'id', value: 'x' }, 'a', /No id/],
  ['a mode there is not', locator, { __rl: true, mode: 'url', value: 'x' }, 'a', /no mode "url"/],
])('warns of %s, and says where', (_, described, value, field, message) => {
  expect(problemsOf([described], { a: value })).toEqual([
    { name: 'Node', field, severity: 'warning', message: expect.stringMatching(message) },
  ]);
});

test.each<[string, Property, unknown]>([
  ['an expression', property('a', { type: 'number' }), '={{ $json.n }}'],
  [
    'a choice loaded at run time',
    property('a', { type: 'options', typeOptions: { loadOptionsMethod: 'x' } }),
    'c',
  ],
  ['an id in order', locator, { __rl: true, mode: 'id', value: '123' }],
  ['nothing', property('a', { type: 'dateTime' }), ''],
  ['an object literal', property('a', { type: 'json' }), "{a: 'b'}"],
])('has nothing to say about %s', (_, described, value) => {
  expect(problemsOf([described], { a: value })).toEqual([]);
});

test('names what is missing, in rows too, and nothing that is hidden', () => {
  const required = property('b', { required: true });
  const within = { ...rows, options: [{ name: 'row', displayName: 'Row', values: [required] }] };
  const hidden = property('c', { required: true, displayOptions: { show: { '@version': [2] } } });
  const problems = problemsOf([within, hidden, property('d', { required: true })], {
    a: { row: [{ b: 'x' }, {}] },
  });
  expect(problems.map(({ field, severity }) => [field, severity])).toEqual([
    ['a.row[1].b', 'error'],
    ['d', 'error'],
  ]);
});

test('a disabled node only warns; a note is no node', () => {
  expect(
    problemsOf([property('a', { required: true })], {}, { disabled: true }).map(
      ({ severity }) => severity,
    ),
  ).toEqual(['warning']);
  expect(problemsOf([], {}, { type: 'n8n-nodes-base.stickyNote' })).toEqual([]);
});

test('names a type, a version, a parameter and a node nobody knows, and broken expressions', () => {
  const of = (parameters: object, node = {}) => problemsOf([property('a')], parameters, node);
  expect(of({}, { type: 'test.gone' })[0]).toMatchObject({ name: 'Node', field: 'type' });
  expect(of({}, { typeVersion: 9 })[0]?.message).toMatch(/1, 2/);
  expect(of({ old: 1 })).toMatchObject([{ field: 'old', severity: 'warning' }]);
  expect(of({ a: "={{ $('Gone').item }}" })).toMatchObject([{ field: 'a', severity: 'warning' }]);
  expect(of({ a: '={{ 1 + }}' })).toMatchObject([{ field: 'a', severity: 'error' }]);
});
