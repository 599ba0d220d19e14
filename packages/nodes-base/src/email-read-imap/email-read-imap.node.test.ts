import { Readable } from 'node:stream';
import { openFakeImap } from '@millrace/testing/mail';
import type { JsonObject } from '@millrace/workflow/items';
import type { PollContext, PollOutcome } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mailTypes } from '../credentials/mail.ts';
import { emailReadImapNode } from './email-read-imap.node.ts';
import { searchRules } from './search-rules.ts';

let imap: Awaited<ReturnType<typeof openFakeImap>>;
beforeEach(async () => {
  imap = await openFakeImap();
});
afterEach(() => imap.close());

const account = { user: 'me', password: 'secret', host: 'imap.example.com', port: 993 };
const hosts = {
  locate: async () => ({ address: '127.0.0.1', port: imap.port, isStandIn: true }),
};

const mail = (subject: string, more = '') => `From: Ann <ann@example.com>
To: me@example.com
Subject: ${subject}
Message-ID: <${subject}@example.com>
In-Reply-To: <ours@example.com>
${more}
Hello
`;

const withFile = `From: ann@example.com
Subject: file
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

see file
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="a.csv"

x,y
--b--
`;

async function poll(
  cursor: JsonObject | null = null,
  parameters: JsonObject = {},
  credential: JsonObject = account,
) {
  const stored: string[] = [];
  const context: Partial<PollContext> = {
    cursor,
    hosts,
    signal: new AbortController().signal,
    credential: async () => credential,
    binary: {
      async put(bytes, { mimeType = '', fileName = '' }) {
        stored.push(Buffer.from(bytes instanceof Uint8Array ? bytes : []).toString());
        return { data: '', mimeType, fileName };
      },
      get: async () => new Uint8Array(),
      stream: async () => Readable.from([]),
    },
    param<T>(path: string, _index: number, options: { fallback?: unknown } = {}) {
      const name = path.replace('options.', '');
      // The caller names the type, as with the engine's own `param`.
      return (parameters[name] ?? options.fallback) as T;
    },
  };
  // Only what a poll of this node uses.
  const found: PollOutcome | undefined = await emailReadImapNode.poll?.(context as PollContext);
  const items = found?.outputs[0] ?? [];
  return { items, stored, cursor: found?.cursor ?? {}, hasMore: found?.hasMore, found };
}

test('new mail comes once, in order, and is marked as read when it was accepted', async () => {
  imap.deliver(mail('one'));
  imap.deliver(mail('two'));
  const first = await poll();
  expect(first.items).toMatchObject([
    {
      json: {
        subject: 'one',
        from: 'Ann <ann@example.com>',
        to: 'me@example.com',
        textPlain: 'Hello\n',
        metadata: { 'in-reply-to': '<ours@example.com>' },
        attributes: { uid: 1 },
      },
    },
    { json: { subject: 'two' } },
  ]);
  expect(imap.mails.map(({ flags }) => flags.size)).toEqual([0, 0]);
  await first.found?.accepted?.();
  expect(imap.mails.map(({ flags }) => [...flags])).toEqual([['\\Seen'], ['\\Seen']]);

  expect((await poll(first.cursor)).items).toEqual([]);
  imap.deliver(mail('three'));
  const next = await poll(first.cursor);
  expect(next.items).toMatchObject([{ json: { subject: 'three' } }]);
});

test('what was found and not accepted is found again', async () => {
  imap.deliver(mail('one'));
  await poll();
  expect((await poll()).items).toHaveLength(1);
});

test('a mailbox that was rebuilt is read anew', async () => {
  imap.deliver(mail('one'));
  const { cursor } = await poll();
  imap.state.uidValidity = 2;
  expect((await poll(cursor)).items).toHaveLength(1);
});

test('mail that is left unread is not read twice', async () => {
  imap.deliver(mail('one'));
  const { cursor, found } = await poll(null, { postProcessAction: 'nothing' });
  expect(found).not.toHaveProperty('accepted');
  expect((await poll(cursor, { postProcessAction: 'nothing' })).items).toEqual([]);
});

test('many mails come in batches, the next at once', async () => {
  for (let n = 0; n < 51; n++) imap.deliver(mail(`n${n}`));
  const first = await poll();
  expect([first.items.length, first.hasMore]).toEqual([50, true]);
  const second = await poll(first.cursor);
  expect([second.items.length, second.hasMore]).toEqual([1, false]);
});

test('attachments become files when asked for', async () => {
  imap.deliver(withFile);
  const without = await poll();
  expect(without.items[0]).not.toHaveProperty('binary');
  const { items, stored } = await poll(null, { downloadAttachments: true });
  expect(items[0]?.binary).toMatchObject({
    attachment_0: { fileName: 'a.csv', mimeType: 'text/csv' },
  });
  expect(stored[0]).toContain('x,y');
});

test('resolved has all of it parsed, raw the source', async () => {
  imap.deliver(mail('one'));
  const { items } = await poll(null, { format: 'resolved' });
  expect(items[0]?.json).toMatchObject({
    from: { value: [{ name: 'Ann', address: 'ann@example.com' }] },
    messageId: '<one@example.com>',
    inReplyTo: '<ours@example.com>',
  });
  const raw = await poll(null, { format: 'raw' });
  expect(Buffer.from(String(raw.items[0]?.json['raw']), 'base64').toString()).toContain(
    'Subject: one',
  );
});

test('a wrong password and a mailbox that is not there are said as such', async () => {
  await expect(poll(null, {}, { ...account, password: 'x' })).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    details: { reason: 'EAUTH' },
    fix: expect.stringContaining('password'),
  });
  await expect(poll(null, { mailbox: 'Nowhere' })).rejects.toThrow('no such mailbox');
  const check = mailTypes.find(({ name }) => name === 'imap')?.check;
  await expect(check?.(account, { hosts })).resolves.toBeUndefined();
});

test('search rules are read as n8n writes them', () => {
  expect(searchRules('["UNSEEN", ["SINCE", "2026-05-20"], ["FROM", "ann"]]')).toEqual({
    seen: false,
    since: new Date('2026-05-20'),
    from: 'ann',
  });
  expect(() => searchRules('[["SINCE", "someday"]]')).toThrow('a date');
  expect(() => searchRules('["ODD"]')).toThrow('one of ALL, UNSEEN');
  expect(() => searchRules('{')).toThrow('a JSON list');
});
