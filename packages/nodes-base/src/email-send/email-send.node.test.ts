import { openFakeSmtp } from '@millrace/testing/mail';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mailTypes } from '../credentials/mail.ts';
import { jsonOf, runNode } from '../testing/fake-context.ts';

let smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
beforeAll(async () => {
  smtp = await openFakeSmtp();
});
beforeEach(() => void smtp.mails.splice(0));
afterAll(() => smtp.close());

const account = {
  user: 'me',
  password: 'secret',
  host: 'mail.example.com',
  port: 465,
  secure: true,
};
const hosts = {
  locate: async () => ({ address: '127.0.0.1', port: smtp.port, isStandIn: true }),
};
const send = (
  parameters: JsonObject,
  { version = 2.1, items = [{ json: {} }] as Item[], credential = account, more = {} } = {},
) =>
  runNode({
    type: 'emailSend',
    version,
    parameters: {
      fromEmail: 'Me <me@example.com>',
      toEmail: 'you@example.com, Them <them@example.com>',
      subject: 'Grüße',
      ...parameters,
    },
    inputs: [items],
    context: { hosts, credential: async () => credential, idempotencyKey: 'e1:n1:0', ...more },
  });
const header = (name: string, index = 0) =>
  new RegExp(`^${name}: (.*)$`, 'mi').exec(smtp.mails[index]?.source ?? '')?.[1]?.trim();

test.each([
  [
    'text',
    { emailFormat: 'text', text: 'Hello', html: '<b>no</b>' },
    ['text/plain'],
    ['text/html'],
  ],
  ['html', { emailFormat: 'html', text: 'no', html: '<b>Hi</b>' }, ['text/html'], ['text/plain']],
  ['both', { emailFormat: 'both', text: 'a', html: 'b' }, ['text/plain', 'text/html'], []],
])('sends %s', async (_, parameters, has, hasNot) => {
  const output = jsonOf(await send(parameters));
  expect(output).toMatchObject([
    {
      accepted: ['you@example.com', 'them@example.com'],
      rejected: [],
      envelope: { from: 'me@example.com' },
    },
  ]);
  const [mail] = smtp.mails;
  expect(mail).toMatchObject({ from: 'me@example.com', user: 'me' });
  for (const type of has) expect(mail?.source).toContain(type);
  for (const type of hasNot) expect(mail?.source).not.toContain(type);
});

test('copies, reply address, threading and headers go along; blind copies are not shown', async () => {
  const headers = { values: [{ name: 'List-Unsubscribe', value: '<https://example.com/u>' }] };
  await send({
    emailFormat: 'text',
    text: 'x',
    options: {
      ccEmail: 'cc@example.com',
      bccEmail: 'secret@example.com',
      replyTo: 'desk@example.com',
      inReplyTo: '<first@example.com>',
      headers,
    },
  });
  expect(smtp.mails[0]?.to).toEqual(
    expect.arrayContaining(['cc@example.com', 'secret@example.com']),
  );
  expect(smtp.mails[0]?.source).not.toContain('secret@example.com');
  expect(header('Cc')).toBe('cc@example.com');
  expect(header('Reply-To')).toBe('desk@example.com');
  expect(header('In-Reply-To')).toBe('<first@example.com>');
  expect(header('List-Unsubscribe')).toBe('<https://example.com/u>');
});

test('binary fields travel as attachments, one that is missing is an error', async () => {
  const data = Buffer.from('a,b\n').toString('base64');
  const items = [{ json: {}, binary: { file: { data, mimeType: 'text/csv', fileName: 'a.csv' } } }];
  await send({ emailFormat: 'text', text: 'x', options: { attachments: 'file' } }, { items });
  expect(smtp.mails[0]?.source).toMatch(/Content-Type: text\/csv; name=a\.csv/);
  await expect(
    send({ emailFormat: 'text', text: 'x', options: { attachments: 'none' } }, { items }),
  ).rejects.toThrow("no binary field 'none'");
});

test('every attempt of a run sends the same Message-ID, other items another', async () => {
  const items = [{ json: {} }, { json: {} }];
  await send({ emailFormat: 'text', text: 'x' }, { items });
  await send({ emailFormat: 'text', text: 'x' });
  const ids = smtp.mails.map((_, index) => header('Message-ID', index));
  expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
  expect(ids[2]).toBe(ids[0]);
  expect(ids[1]).not.toBe(ids[0]);
});

test('the mails of a run share one connection, also after one was refused', async () => {
  smtp.refuse('not@example.com', 550, 'No');
  const { sessions } = smtp.state;
  const items = [{ json: {} }, { json: {} }, { json: {} }];
  const more = {
    continueOnFail: true,
    param: <T>(path: string, index: number, { fallback }: { fallback?: unknown } = {}) => {
      const toEmail = index === 1 ? 'not@example.com' : 'you@example.com';
      const values = new Map(Object.entries({ toEmail, fromEmail: 'me@example.com', text: 'x' }));
      // The caller names the type, as with the engine's own `param`.
      return (values.get(path) ?? fallback) as T;
    },
  };
  const output = jsonOf(await send({}, { items, more }));
  expect(output.map(({ error }) => typeof error)).toEqual(['undefined', 'string', 'undefined']);
  expect(smtp.state.sessions).toBe(sessions + 1);
});

test('a line break in a header starts no second header', async () => {
  const headers = { values: [{ name: 'X-A', value: 'a\r\nBcc: evil@example.com' }] };
  await send({ subject: 'a\r\nX-Evil: 1', emailFormat: 'text', text: 'x', options: { headers } });
  expect(header('X-Evil')).toBeUndefined();
  expect(header('Bcc')).toBeUndefined();
});

test('version 1 has text and HTML beside each other', async () => {
  await send({ text: 'a', html: 'b', ccEmail: 'cc@example.com' }, { version: 1 });
  expect(smtp.mails[0]?.to).toContain('cc@example.com');
  expect(smtp.mails[0]?.source).toContain('multipart/alternative');
});

test('what the server says comes back, with what to do', async () => {
  smtp.refuse('gone@example.com', 550, 'No such user');
  await expect(
    send({ toEmail: 'gone@example.com', emailFormat: 'text', text: 'x' }),
  ).rejects.toMatchObject({
    code: 'NODE_SERVICE_FAILED',
    details: { host: 'mail.example.com', reason: '550', isPermanent: true },
  });
  const credential = { ...account, password: 'wrong' };
  await expect(send({ emailFormat: 'text', text: 'x' }, { credential })).rejects.toMatchObject({
    details: { reason: '535' },
    fix: expect.stringContaining('password'),
  });
});

test('a host egress refuses is not connected to', async () => {
  const locate = async () => Promise.reject(new Error('refused: not a public address'));
  await expect(
    send({ emailFormat: 'text', text: 'x' }, { more: { hosts: { locate } } }),
  ).rejects.toThrow('not a public address');
  expect(smtp.mails).toEqual([]);
});

test('the credential tries itself out', async () => {
  const check = mailTypes.find(({ name }) => name === 'smtp')?.check;
  await expect(check?.(account, { hosts })).resolves.toBeUndefined();
  await expect(check?.({ ...account, password: 'x' }, { hosts })).rejects.toThrow('says');
});
