import { describe, expectTypeOf, test } from 'vitest';
import { defineNode } from '../define-node.ts';
import { operation } from '../operations.ts';
import { p } from './p.ts';
import type { Values } from './param.ts';

const post = operation({
  label: 'Post',
  params: {
    channel: p.string({ label: 'Channel', required: true }),
    format: p.options({
      label: 'Format',
      default: 'plain',
      choices: [
        { value: 'plain', label: 'Plain' },
        { value: 'markdown', label: 'Markdown' },
      ],
    }),
    retries: p.number({ label: 'Retries', default: 3 }),
    sendAt: p.string({ label: 'Send at', when: { later: [true] } }),
    mentions: p.list({
      label: 'Mentions',
      item: { user: p.string({ label: 'User', required: true }) },
    }),
    more: p.collection({ label: 'More', fields: { thread: p.string({ label: 'Thread' }) } }),
    sender: p.oneOf({
      label: 'Sender',
      default: 'bot',
      cases: { bot: {}, user: { userId: p.string({ label: 'User id', required: true }) } },
    }),
  },
  run({ params }) {
    expectTypeOf(params.channel).toEqualTypeOf<string>();
    return { channel: params.channel };
  },
});

type V = Values<typeof post.params>;

describe('parameter types follow from the description', () => {
  test('scalars', () => {
    expectTypeOf<V['format']>().toEqualTypeOf<'plain' | 'markdown'>();
    expectTypeOf<V['retries']>().toEqualTypeOf<number>();
    expectTypeOf<V['sendAt']>().toEqualTypeOf<string | undefined>();
  });

  test('composites', () => {
    expectTypeOf<V['mentions'][number]['user']>().toEqualTypeOf<string>();
    expectTypeOf<V['more']['thread']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Extract<V['sender'], { kind: 'user' }>['userId']>().toEqualTypeOf<string>();
  });

  test('what cannot be', () => {
    // @ts-expect-error: 'html' is not a choice
    p.options({ label: 'x', default: 'html', choices: [{ value: 'plain', label: 'Plain' }] });
    // @ts-expect-error: a number must start somewhere, or be required
    p.number({ label: 'n' });
    defineNode({
      name: 't.n',
      label: 'N',
      version: 1,
      params: { n: p.number({ label: 'n', default: 1 }) },
      // @ts-expect-error: unknown parameter
      run: ({ params }) => ({ n: params.m }),
    });
  });
});
