import { createMemoryStorage } from '@millrace/server/packages';
import { openFakeSmtp } from '@millrace/testing/mail';
import {
  mappedHttp,
  openFakeMailServices,
  runMarketingNode,
} from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { outreachMessages, outreachThreads, suppressions } from '../tables/outreach.ts';
import outreachSender from './outreach-sender.node.ts';

const MONDAY_TEN = Date.UTC(2026, 10, 23, 10);
const DAY_MS = 86_400_000;

let smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
let services: Awaited<ReturnType<typeof openFakeMailServices>>;
let http: ReturnType<typeof mappedHttp>;
let storage: ReturnType<typeof createMemoryStorage>;
let now = MONDAY_TEN;

beforeAll(async () => {
  smtp = await openFakeSmtp();
  services = await openFakeMailServices();
  http = mappedHttp({
    'gmail.googleapis.com': services.url,
    'api.resend.com': services.url,
    'gone.example': 'http://127.0.0.1:1',
  });
});
beforeEach(() => {
  now = MONDAY_TEN;
  smtp.mails.splice(0);
  services.gmail.splice(0);
  services.resend.splice(0);
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());
afterAll(async () => {
  await smtp.close();
  await services.close();
  await http.close();
});

const account = { user: 'me', password: 'secret', host: 'mail.example.com', port: 465 };
const standIn = {
  locate: async () => ({ address: '127.0.0.1', port: smtp.port, isStandIn: true }),
};

const run = (parameters: JsonObject = {}, context: Partial<ExecuteContext> = {}) =>
  runMarketingNode({
    node: outreachSender,
    parameters: { from: 'Ann <ann@our.example>', ...parameters },
    context: {
      tables: storage.tables,
      hosts: standIn,
      http,
      credential: async () => account,
      now: () => now,
      ...context,
    },
  });

const thread = (email: string, more: object = {}) =>
  storage.tables.open(outreachThreads).insert({
    campaign: 'links',
    email,
    name: 'Bo',
    subject: 'A source for {{ site }}',
    body: 'Hello {{ name }}, about {{ site }}.',
    variables: { site: 'their.example' },
    followUps: [
      { afterDays: 3, body: 'Again, {{ name }}.' },
      { afterDays: 7, body: 'My last mail.' },
    ],
    ...more,
  });
const threadNow = async (id: string) => storage.tables.open(outreachThreads).findOne({ id });
const messages = () => storage.tables.open(outreachMessages).find({ orderBy: { at: 'asc' } });
const header = (name: string, index = 0) =>
  new RegExp(`^${name}:(.*(?:\r\n[ \t].*)*)$`, 'mi')
    .exec(smtp.mails[index]?.source ?? '')?.[1]
    ?.replaceAll(/\r\n[ \t]/g, ' ')
    .trim();

describe('a mail', () => {
  test('is filled in, carries the headers bulk mail needs, and is written down', async () => {
    const { id } = await thread('bo@their.example');
    const unsubscribeUrl = 'https://our.example/webhook/unsubscribe';
    expect(await run({ unsubscribeUrl })).toMatchObject([
      { state: 'sent', email: 'bo@their.example', threadId: id },
    ]);
    const after = await threadNow(id);
    expect(smtp.mails).toMatchObject([{ from: 'ann@our.example', to: ['bo@their.example'] }]);
    expect(smtp.mails[0]?.source).toContain('Hello Bo, about their.example.');
    expect(header('Subject')).toBe('A source for their.example');
    expect(header('List-Unsubscribe')).toBe(
      `<mailto:ann@our.example?subject=unsubscribe%20${after?.token}>, <${unsubscribeUrl}?token=${after?.token}>`,
    );
    expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(after).toMatchObject({ state: 'waiting', step: 1, dueAt: MONDAY_TEN + 3 * DAY_MS });
    expect(await messages()).toMatchObject([
      { state: 'sent', messageId: header('Message-ID'), step: 0, domain: 'their.example' },
    ]);
  });

  test.each([
    ['a variable without a value', { variables: {} }, 'site'],
    ['a variable that is empty', { variables: { site: ' ' } }, 'site'],
    ['a value that is a slot itself', { variables: { site: '{{ site }}' } }, 'open slot'],
    ['a template that is broken', { body: '{% if %}' }, 'cannot be filled in'],
    ['a file as template', { body: "{% render 'package.json' %}" }, 'cannot be filled in'],
    ['an address that is none', { email: 'nobody' }, undefined],
  ])('with %s is not sent; its thread waits for a person', async (_, more, reason) => {
    const { id } = await thread('bo@their.example', more);
    const [output] = await run();
    if (reason !== undefined) {
      expect(output).toMatchObject({ state: 'paused', reason: expect.stringContaining(reason) });
      expect(await threadNow(id)).toMatchObject({ state: 'paused' });
    }
    expect(smtp.mails).toEqual([]);
  });

  test('goes to nobody on the suppression list', async () => {
    const { id } = await thread('bo@their.example');
    await storage.tables
      .open(suppressions)
      .insert({ email: 'bo@their.example', reason: 'unsubscribed' });
    expect(await run()).toMatchObject([{ state: 'unsubscribed' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'unsubscribed', dueAt: null });
    expect(smtp.mails).toEqual([]);
  });

  test('waits for office hours where the contact is', async () => {
    const { id } = await thread('bo@their.example', { zone: 'Australia/Sydney' });
    const opens = Date.UTC(2026, 10, 23, 22); // Tuesday 09:00 in Sydney
    expect(await run()).toMatchObject([{ state: 'delayed', until: opens }]);
    expect(await threadNow(id)).toMatchObject({ state: 'queued', dueAt: opens });
    expect(await run()).toEqual([]);
    now = opens;
    expect(await run()).toMatchObject([{ state: 'sent' }]);
  });

  test('is not sent after the deadline', async () => {
    await thread('bo@their.example', { deadlineAt: now });
    expect(await run()).toMatchObject([{ state: 'ended', reason: 'Its deadline is over' }]);
    expect(smtp.mails).toEqual([]);
  });
});

describe('follow-ups', () => {
  test('come after 3 and 7 days in the same thread, then silence ends it', async () => {
    const { id } = await thread('bo@their.example');
    const caps = { values: [{ scope: 'contact', most: 3, days: 7 }] };
    await run({ caps });
    now += 3 * DAY_MS;
    await run({ caps });
    now += 4 * DAY_MS;
    await run({ caps });
    expect(smtp.mails).toHaveLength(3);
    expect(header('Subject', 2)).toBe('Re: A source for their.example');
    expect(header('In-Reply-To', 2)).toBe(header('Message-ID', 1));
    expect(header('References', 2)).toBe(`${header('Message-ID', 0)} ${header('Message-ID', 1)}`);
    expect(smtp.mails[1]?.source).toContain('Again, Bo.');
    now += 14 * DAY_MS;
    expect(await run({ caps })).toMatchObject([{ state: 'ended', reason: 'No answer' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'ended', step: 3 });
    expect(await run({ caps })).toEqual([]);
  });

  test.each(['replied', 'unsubscribed', 'won', 'paused'] as const)(
    'stop when %s',
    async (state) => {
      const { id } = await thread('bo@their.example');
      await run();
      await storage.tables.open(outreachThreads).update({ id }, { state });
      now += 3 * DAY_MS;
      expect(await run()).toEqual([]);
      expect(smtp.mails).toHaveLength(1);
    },
  );
});

describe('caps', () => {
  test('hold mails up until the oldest leaves the window', async () => {
    await thread('a@one.example');
    await thread('b@one.example');
    await thread('c@two.example');
    const caps = { values: [{ scope: 'domain', most: 1, days: 1 }] };
    const output = await run({ caps });
    expect(output.map(({ state }) => state)).toEqual(['sent', 'delayed', 'sent']);
    expect(output[1]).toMatchObject({
      until: now + DAY_MS,
      reason: expect.stringContaining('domain'),
    });
    now += DAY_MS;
    expect(await run({ caps })).toMatchObject([{ state: 'sent', email: 'b@one.example' }]);
  });

  test('of 0 let nothing out, and no cap lets everything out', async () => {
    for (let n = 0; n < 60; n++) await thread(`a${n}@one.example`);
    const none = await run({ limit: 60, caps: { values: [{ scope: 'all', most: 0, days: 1 }] } });
    expect(new Set(none.map(({ state }) => state))).toEqual(new Set(['delayed']));
    await run({ limit: 60, caps: {}, service: 'resend' });
    expect(services.resend).toHaveLength(60);
  });

  test('hold for runs side by side', async () => {
    for (let n = 0; n < 20; n++) await thread(`a${n}@d${n}.example`);
    const caps = { values: [{ scope: 'mailbox', most: 7, days: 1 }] };
    const runs = [1, 2, 3, 4].map((n) => run({ caps }, { idempotencyKey: `e${n}:n:0` }));
    await Promise.all(runs);
    expect(smtp.mails).toHaveLength(7);
    expect(new Set(smtp.mails.map(({ to }) => to[0])).size).toBe(7);
  });
});

describe('what the service says', () => {
  test('no such user: the address is never written to again', async () => {
    smtp.refuse('gone@their.example', 550, '5.1.1 No such user');
    const { id } = await thread('gone@their.example');
    expect(await run()).toMatchObject([{ state: 'bounced' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'bounced' });
    expect(await storage.tables.open(suppressions).find()).toMatchObject([
      { email: 'gone@their.example', reason: 'bounced' },
    ]);
  });

  test('busy: tried again an hour later under the same Message-ID, five times at the most', async () => {
    smtp.refuse('busy@their.example', 450, 'Try later');
    const { id } = await thread('busy@their.example');
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await run()).toMatchObject([{ state: 'failed' }]);
      expect(await threadNow(id)).toMatchObject({ state: 'queued', dueAt: now + 3_600_000 });
      now += 3_600_000;
    }
    await run();
    expect(await threadNow(id)).toMatchObject({ state: 'paused', step: 0 });
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 5 }]);
  });

  test('a wrong password ends the run, and what was due stays due', async () => {
    const { id } = await thread('bo@their.example');
    const credential = async () => ({ ...account, password: 'wrong' });
    await expect(run({}, { credential })).rejects.toMatchObject({ code: 'NODE_SERVICE_FAILED' });
    expect(await threadNow(id)).toMatchObject({ state: 'queued', step: 0 });
    expect(await run()).toMatchObject([{ state: 'sent' }]);
  });

  test('nothing, after it took the mail: unknown, and never sent again', async () => {
    const { id } = await thread('bo@their.example');
    const taken = smtp.hold();
    const running = run();
    await taken;
    smtp.cut();
    expect(await running).toMatchObject([{ state: 'unknown' }]);
    smtp.release();
    expect(await threadNow(id)).toMatchObject({ state: 'paused', step: 0 });
    now += DAY_MS;
    expect(await run()).toEqual([]);
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('Gmail and Resend', () => {
  test('Gmail gets the mail as it travels; one whose fate is open is looked for', async () => {
    const { id } = await thread('bo@their.example');
    services.fail('drop');
    expect(await run({ service: 'gmail' })).toMatchObject([{ state: 'unknown' }]);
    expect(services.gmail[0]).toContain('To: bo@their.example');
    expect(await run({ service: 'gmail' })).toEqual([]);
    expect(await threadNow(id)).toMatchObject({ state: 'waiting', step: 1 });
    expect(await messages()).toMatchObject([{ state: 'sent' }]);
    expect(services.gmail).toHaveLength(1);
  });

  test('Resend gets text, headers and an idempotency key', async () => {
    await thread('bo@their.example');
    expect(await run({ service: 'resend' })).toMatchObject([{ state: 'sent' }]);
    const [sent] = services.resend;
    expect(sent?.mail).toMatchObject({
      from: 'Ann <ann@our.example>',
      to: ['bo@their.example'],
      headers: { 'Message-ID': sent?.key, 'List-Unsubscribe': expect.stringContaining('mailto:') },
    });
    expect(await messages()).toMatchObject([{ remoteId: expect.any(String) }]);
  });

  test.each([
    ['resend', 422, { name: 'validation_error', message: 'Invalid `to`' }, 'failed', 'paused'],
    ['resend', 500, { name: 'application_error', message: 'Oh' }, 'unknown', 'paused'],
    ['gmail', 400, { error: { code: 400, message: 'Invalid To header' } }, 'failed', 'paused'],
  ])('%s answers %i', async (service, status, body, state, threadState) => {
    const { id } = await thread('bo@their.example');
    services.fail({ status, body });
    expect(await run({ service })).toMatchObject([{ state }]);
    expect(await threadNow(id)).toMatchObject({ state: threadState });
  });

  test.each([
    ['gmail', 403, { error: { code: 403, message: 'Daily user sending limit exceeded' } }],
    ['resend', 429, { name: 'rate_limit_exceeded', message: 'Too many requests' }],
  ])('%s: a limit (%i) ends the run and leaves what is due', async (service, status, body) => {
    const { id } = await thread('bo@their.example');
    services.fail({ status, body });
    await expect(run({ service })).rejects.toThrow('No mail can be sent');
    expect(await threadNow(id)).toMatchObject({ state: 'queued', dueAt: null });
  });
});

describe('input items', () => {
  const items = [{ json: { email: 'Bo@Their.example', site: 'their.example' } }];
  const asked = {
    source: 'items',
    campaign: 'c',
    to: 'Bo@Their.example',
    subject: 'Hi',
    body: '{{ site }}',
  };

  test('are threads, and the same address is not written to twice in a campaign', async () => {
    const send = () =>
      runMarketingNode({
        node: outreachSender,
        items,
        parameters: { from: 'ann@our.example', ...asked },
        context: {
          tables: storage.tables,
          hosts: standIn,
          credential: async () => account,
          now: () => now,
        },
      });
    expect(await send()).toMatchObject([{ state: 'sent', email: 'bo@their.example' }]);
    expect(await send()).toMatchObject([{ state: 'notDue' }]);
    expect(smtp.mails).toHaveLength(1);
    const [made] = await storage.tables.open(outreachThreads).find();
    expect(made?.followUps).toHaveLength(2);
  });

  test('an address that is none is an error of its item', async () => {
    await expect(run({ ...asked, to: 'nobody' })).rejects.toThrow('is no mail address');
    expect(await run({ ...asked, to: 'a@b@c.example' }, { continueOnFail: true })).toMatchObject([
      { error: expect.stringContaining('is no mail address') },
    ]);
  });
});
