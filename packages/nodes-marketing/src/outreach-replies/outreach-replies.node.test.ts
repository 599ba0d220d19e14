import { createMemoryStorage } from '@millrace/server/packages';
import { openFakeImap } from '@millrace/testing/mail';
import type { PollContext, PollOutcome, Row } from '@millrace/workflow/node-api';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { outreachMessages, outreachThreads, suppressions } from '../tables/outreach.ts';
import outreachReplies from './outreach-replies.node.ts';

const NOW = Date.UTC(2026, 10, 21);
const TOKEN = '0123456789abcdef01234567';

let imap: Awaited<ReturnType<typeof openFakeImap>>;
let storage: ReturnType<typeof createMemoryStorage>;
let thread: Row<typeof outreachThreads>;

beforeEach(async () => {
  imap = await openFakeImap();
  storage = createMemoryStorage([nodesMarketing]);
  thread = await storage.tables.open(outreachThreads).insert({
    campaign: 'links',
    email: 'bo@their.example',
    subject: 'Hi',
    body: 'Hello',
    step: 1,
    state: 'waiting',
    dueAt: NOW,
    token: TOKEN,
  });
  await storage.tables.open(outreachMessages).insert({
    threadId: thread.id,
    direction: 'out',
    step: 0,
    messageId: '<ours@our.example>',
    state: 'sent',
    at: NOW,
  });
});
afterEach(async () => {
  await imap.close();
  await storage.close();
});

async function poll(cursor: JsonObject | null = null, password = 'secret') {
  const context: Partial<PollContext> = {
    cursor,
    tables: storage.tables,
    hosts: { locate: async () => ({ address: '127.0.0.1', port: imap.port, isStandIn: true }) },
    signal: new AbortController().signal,
    credential: async () => ({ user: 'me', password, host: 'imap.example.com', port: 993 }),
    now: () => NOW,
    param<T>(_path: string, _index: number, options: { fallback?: unknown } = {}) {
      // The caller names the type, as with the engine's own `param`.
      return options.fallback as T;
    },
  };
  // Only what a poll of this node uses.
  const found: PollOutcome | undefined = await outreachReplies.poll?.(context as PollContext);
  return { items: (found?.outputs[0] ?? []).map(({ json }) => json), cursor: found?.cursor ?? {} };
}

const answer = (headers: string, text = 'Tell me more.') =>
  `From: Bo <bo@their.example>\nMessage-ID: <theirs@their.example>\n${headers}\n\n${text}\n`;
const after = () => storage.tables.open(outreachThreads).findOne({ id: thread.id });
const suppressed = () => storage.tables.open(suppressions).find({ columns: ['email', 'reason'] });

test.each([
  ['what it answers', 'Subject: Re: Hi\nIn-Reply-To: <ours@our.example>'],
  ['its references', 'Subject: Re\nReferences: <x@y.example> <ours@our.example> <z@y.example>'],
  ['the plus address', `Subject: Re\nTo: ann+${TOKEN}@our.example`],
])('an answer is found by %s and stops the follow-ups', async (_, headers) => {
  imap.deliver(answer(headers));
  const { items } = await poll();
  expect(items).toMatchObject([
    { kind: 'reply', threadId: thread.id, email: 'bo@their.example', text: 'Tell me more.\n' },
  ]);
  expect(await after()).toMatchObject({ state: 'replied', dueAt: null });
  expect(await storage.tables.open(outreachMessages).findOne({ direction: 'in' })).toMatchObject({
    kind: 'reply',
    state: 'received',
    threadId: thread.id,
  });
});

test('other mail is left alone: not told, not written down, not marked as read', async () => {
  imap.deliver(answer('Subject: Invoice'));
  expect((await poll()).items).toEqual([]);
  expect(await storage.tables.open(outreachMessages).count({ direction: 'in' })).toBe(0);
  expect([...(imap.mails[0]?.flags ?? [])]).toEqual([]);
});

test('mail comes once, and again when it was not accepted; it is written down once', async () => {
  imap.deliver(answer('Subject: Re: Hi\nIn-Reply-To: <ours@our.example>'));
  const first = await poll();
  expect((await poll()).items).toHaveLength(1);
  expect((await poll(first.cursor)).items).toEqual([]);
  expect(await storage.tables.open(outreachMessages).count({ direction: 'in' })).toBe(1);
});

test('a mailbox that was rebuilt is read anew', async () => {
  imap.deliver(answer('Subject: Re: Hi\nIn-Reply-To: <ours@our.example>'));
  const { cursor } = await poll();
  imap.state.uidValidity = 2;
  expect((await poll(cursor)).items).toHaveLength(1);
});

test('an automatic answer stops nothing', async () => {
  imap.deliver(
    answer('Subject: Away\nIn-Reply-To: <ours@our.example>\nAuto-Submitted: auto-replied'),
  );
  expect((await poll()).items).toMatchObject([{ kind: 'autoReply' }]);
  expect(await after()).toMatchObject({ state: 'waiting', dueAt: NOW });
});

test('who unsubscribes by mail is never written to again, in no campaign', async () => {
  const other = await storage.tables.open(outreachThreads).insert({
    campaign: 'other',
    email: 'bo@their.example',
    subject: 'x',
    body: 'y',
  });
  imap.deliver(answer(`Subject: unsubscribe ${TOKEN}`, ''));
  expect((await poll()).items).toMatchObject([{ kind: 'unsubscribe' }]);
  expect(await after()).toMatchObject({ state: 'unsubscribed' });
  expect(await storage.tables.open(outreachThreads).findOne({ id: other.id })).toMatchObject({
    state: 'unsubscribed',
  });
  expect(await suppressed()).toEqual([{ email: 'bo@their.example', reason: 'unsubscribed' }]);
});

const bounce = (status: string, quoted: string) => `From: mailer-daemon@mx.example
Message-ID: <b@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; bo@their.example
Status: ${status}

--b
Content-Type: text/rfc822-headers

${quoted}

--b--
`;

test.each([
  ['our mail in it', 'Message-ID: <ours@our.example>'],
  ['the contact it names', 'Subject: Hi'],
])('a hard bounce is found by %s and bars the address', async (_, quoted) => {
  imap.deliver(bounce('5.1.1', quoted));
  expect((await poll()).items).toMatchObject([{ kind: 'bounce', isHard: true }]);
  expect(await after()).toMatchObject({ state: 'bounced' });
  expect(await suppressed()).toEqual([{ email: 'bo@their.example', reason: 'bounced' }]);
});

test('a soft bounce stops nothing', async () => {
  imap.deliver(bounce('4.2.2', 'Message-ID: <ours@our.example>'));
  expect((await poll()).items).toMatchObject([{ kind: 'bounce', isHard: false }]);
  expect(await after()).toMatchObject({ state: 'waiting' });
  expect(await suppressed()).toEqual([]);
});

test('an answer proves that a mail of unknown fate was sent', async () => {
  const { id } = thread;
  await storage.tables.open(outreachMessages).update({ direction: 'out' }, { state: 'unknown' });
  await storage.tables.open(outreachThreads).update({ id }, { state: 'paused', step: 0 });
  imap.deliver(answer('Subject: Re: Hi\nIn-Reply-To: <ours@our.example>'));
  await poll();
  expect(await storage.tables.open(outreachMessages).findOne({ direction: 'out' })).toMatchObject({
    state: 'sent',
  });
  expect(await after()).toMatchObject({ state: 'replied', step: 1 });
});

test('a mailbox that lets nobody in says so', async () => {
  await expect(poll(null, 'wrong')).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    details: { host: 'imap.example.com' },
    fix: expect.stringContaining('password'),
  });
});
