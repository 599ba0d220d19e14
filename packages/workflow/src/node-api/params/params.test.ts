import { describe, expect, test } from 'vitest';
import { isMillraceError } from '../../errors/index.ts';
import { p } from './p.ts';
import { decodeParams, describeParams } from './param.ts';

const message = {
  channel: p.string({ label: 'Channel', required: true, placeholder: '#general' }),
  format: p.options({
    label: 'Format',
    default: 'plain',
    choices: [
      { value: 'plain', label: 'Plain' },
      { value: 'markdown', label: 'Markdown' },
    ],
  }),
  retries: p.number({ label: 'Retries', default: 3, min: 0, max: 10 }),
  isLater: p.boolean({ label: 'Later' }),
  sendAt: p.string({ label: 'Send at', when: { isLater: [true] } }),
  mentions: p.list({
    label: 'Mentions',
    item: {
      user: p.string({ label: 'User', required: true }),
      quiet: p.boolean({ label: 'Quiet' }),
    },
  }),
  sender: p.oneOf({
    label: 'Sender',
    default: 'bot',
    cases: { bot: {}, user: { userId: p.string({ label: 'User id', required: true }) } },
  }),
  more: p.collection({ label: 'More', fields: { thread: p.string({ label: 'Thread' }) } }),
};

describe('the wire form', () => {
  const properties = describeParams(message);

  test('keeps the order and flattens cases', () => {
    expect(properties.map(({ name }) => name)).toEqual([
      'channel',
      'format',
      'retries',
      'isLater',
      'sendAt',
      'mentions',
      'sender',
      'userId',
      'more',
    ]);
  });

  test('says when a parameter is shown', () => {
    expect(properties.find(({ name }) => name === 'sendAt')?.displayOptions).toEqual({
      show: { isLater: [true] },
    });
    expect(properties.find(({ name }) => name === 'userId')?.displayOptions).toEqual({
      show: { sender: ['user'] },
    });
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(properties))).toEqual(properties);
  });

  test('carries limits, choices and groups', () => {
    expect(properties.find(({ name }) => name === 'retries')).toMatchObject({
      type: 'number',
      default: 3,
      typeOptions: { minValue: 0, maxValue: 10 },
    });
    expect(properties.find(({ name }) => name === 'mentions')).toMatchObject({
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      options: [{ name: 'values', values: [{ name: 'user' }, { name: 'quiet' }] }],
    });
  });
});

describe('decoding', () => {
  test('makes the declared shape, defaults included', () => {
    const values = decodeParams(message, {
      channel: '#a',
      sender: 'user',
      userId: 'u1',
      mentions: { values: [{ user: 'bob' }] },
      more: { thread: 't' },
    });
    expect(values).toEqual({
      channel: '#a',
      format: 'plain',
      retries: 3,
      isLater: false,
      sendAt: undefined,
      mentions: [{ user: 'bob', quiet: false }],
      sender: { kind: 'user', userId: 'u1' },
      more: { thread: 't' },
    });
  });

  test.each([
    ['a numeric text is a number', p.number({ label: 'n', required: true }), '5', 5],
    ['"true" is a boolean', p.boolean({ label: 'b' }), 'true', true],
    ['an absent optional has no value', p.string({ label: 's' }), undefined, undefined],
    [
      'an absent one falls back to its default',
      p.string({ label: 's', default: 'x' }),
      undefined,
      'x',
    ],
    [
      'a locator gives its id',
      p.resourceLocator({ label: 'r', modes: [{ name: 'id', label: 'Id' }] }),
      { __rl: true, mode: 'id', value: '7' },
      '7',
    ],
    [
      'a locator by URL gives the id inside',
      p.resourceLocator({
        label: 'r',
        modes: [{ name: 'url', label: 'URL', extract: '/doc/(\\w+)' }],
      }),
      { __rl: true, mode: 'url', value: 'https://x.test/doc/ab1/edit' },
      'ab1',
    ],
    ['JSON text is parsed', p.json({ label: 'j' }), '{"a":1}', { a: 1 }],
    [
      'several choices may be comma separated',
      p.multiOptions({
        label: 'm',
        choices: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
      }),
      'a, b',
      ['a', 'b'],
    ],
    [
      'assignments are a list of rows',
      p.assignments({ label: 'a' }),
      { assignments: [{ id: '1', name: 'x', value: 1, type: 'number' }] },
      [{ name: 'x', value: 1, type: 'number' }],
    ],
  ])('%s', (_name, param, wire, value) => {
    expect(decodeParams({ v: param }, { v: wire }).v).toEqual(value);
  });

  test.each([
    [
      p.number({ label: 'n', required: true }),
      'abc',
      'Parameter "v" should be number, but is "abc"',
    ],
    [p.string({ label: 's', required: true }), '', 'Parameter "v" needs a value'],
  ])('refuses a bad value: %#', (param, wire, expected) => {
    try {
      decodeParams({ v: param }, { v: wire });
    } catch (error) {
      expect(isMillraceError(error) && [error.code, error.message]).toEqual([
        'NODE_PARAM_INVALID',
        expected,
      ]);
      return;
    }
    expect.unreachable();
  });
});
