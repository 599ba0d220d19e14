import { openOutreachBench } from '@millrace/testing/marketing-fakes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outreachMessages, outreachThreads, suppressions } from '../tables/outreach.ts';

const MONDAY_TEN = Date.UTC(2026, 10, 23, 10);
const DAY_MS = 86_400_000;

let bench: Awaited<ReturnType<typeof openOutreachBench>>;
beforeAll(async () => {
  bench = await openOutreachBench(MONDAY_TEN);
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const thread = (email: string, more: object = {}) =>
  bench
    .tables()
    .open(outreachThreads)
    .insert({
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
const threadNow = async (id: string) => bench.tables().open(outreachThreads).findOne({ id });
const messages = () =>
  bench
    .tables()
    .open(outreachMessages)
    .find({ orderBy: { at: 'asc' } });

describe('a mail', () => {
  test('is filled in, carries the headers bulk mail needs, and is written down', async () => {
    const { id } = await thread('bo@their.example');
    const unsubscribeUrl = 'https://our.example/webhook/unsubscribe';
    expect(await bench.run({ unsubscribeUrl })).toMatchObject([
      { state: 'sent', email: 'bo@their.example', threadId: id },
    ]);
    const after = await threadNow(id);
    expect(bench.smtp.mails).toMatchObject([{ from: 'ann@our.example', to: ['bo@their.example'] }]);
    expect(bench.smtp.mails[0]?.source).toContain('Hello Bo, about their.example.');
    expect(bench.header('Subject')).toBe('A source for their.example');
    expect(bench.header('List-Unsubscribe')).toBe(
      `<mailto:ann@our.example?subject=unsubscribe%20${after?.token}>, <${unsubscribeUrl}?token=${after?.token}>`,
    );
    expect(bench.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(after).toMatchObject({ state: 'waiting', step: 1, dueAt: MONDAY_TEN + 3 * DAY_MS });
    expect(await messages()).toMatchObject([
      { state: 'sent', messageId: bench.header('Message-ID'), step: 0, domain: 'their.example' },
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
    const [output] = await bench.run();
    if (reason !== undefined) {
      expect(output).toMatchObject({ state: 'paused', reason: expect.stringContaining(reason) });
      expect(await threadNow(id)).toMatchObject({ state: 'paused' });
    }
    expect(bench.smtp.mails).toEqual([]);
  });

  test('goes to nobody on the suppression list', async () => {
    const { id } = await thread('bo@their.example');
    await bench
      .tables()
      .open(suppressions)
      .insert({ email: 'bo@their.example', reason: 'unsubscribed' });
    expect(await bench.run()).toMatchObject([{ state: 'unsubscribed' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'unsubscribed', dueAt: null });
    expect(bench.smtp.mails).toEqual([]);
  });

  test('waits for office hours where the contact is', async () => {
    const { id } = await thread('bo@their.example', { zone: 'Australia/Sydney' });
    const opens = Date.UTC(2026, 10, 23, 22); // Tuesday 09:00 in Sydney
    expect(await bench.run()).toMatchObject([{ state: 'delayed', until: opens }]);
    expect(await threadNow(id)).toMatchObject({ state: 'queued', dueAt: opens });
    expect(await bench.run()).toEqual([]);
    bench.state.now = opens;
    expect(await bench.run()).toMatchObject([{ state: 'sent' }]);
  });

  test('is not sent after the deadline', async () => {
    await thread('bo@their.example', { deadlineAt: MONDAY_TEN });
    expect(await bench.run()).toMatchObject([{ state: 'ended', reason: 'Its deadline is over' }]);
    expect(bench.smtp.mails).toEqual([]);
  });
});

describe('follow-ups', () => {
  test('come after 3 and 7 days in the same thread, then silence ends it', async () => {
    const { id } = await thread('bo@their.example');
    const caps = { values: [{ scope: 'contact', most: 3, days: 7 }] };
    await bench.run({ caps });
    bench.state.now += 3 * DAY_MS;
    await bench.run({ caps });
    bench.state.now += 4 * DAY_MS;
    await bench.run({ caps });
    expect(bench.smtp.mails).toHaveLength(3);
    expect(bench.header('Subject', 2)).toBe('Re: A source for their.example');
    expect(bench.header('In-Reply-To', 2)).toBe(bench.header('Message-ID', 1));
    expect(bench.header('References', 2)).toBe(
      `${bench.header('Message-ID', 0)} ${bench.header('Message-ID', 1)}`,
    );
    expect(bench.smtp.mails[1]?.source).toContain('Again, Bo.');
    bench.state.now += 14 * DAY_MS;
    expect(await bench.run({ caps })).toMatchObject([{ state: 'ended', reason: 'No answer' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'ended', step: 3 });
    expect(await bench.run({ caps })).toEqual([]);
  });

  test.each(['replied', 'unsubscribed', 'won', 'paused'] as const)(
    'stop when %s',
    async (state) => {
      const { id } = await thread('bo@their.example');
      await bench.run();
      await bench.tables().open(outreachThreads).update({ id }, { state });
      bench.state.now += 3 * DAY_MS;
      expect(await bench.run()).toEqual([]);
      expect(bench.smtp.mails).toHaveLength(1);
    },
  );
});

describe('caps', () => {
  test('hold mails up until the oldest leaves the window', async () => {
    await thread('a@one.example', { dueAt: MONDAY_TEN - 3 });
    await thread('b@one.example', { dueAt: MONDAY_TEN - 2 });
    await thread('c@two.example', { dueAt: MONDAY_TEN - 1 });
    const caps = { values: [{ scope: 'domain', most: 1, days: 1 }] };
    const output = await bench.run({ caps });
    expect(output.map(({ state }) => state)).toEqual(['sent', 'delayed', 'sent']);
    expect(output[1]).toMatchObject({
      until: bench.state.now + DAY_MS,
      reason: expect.stringContaining('domain'),
    });
    bench.state.now += DAY_MS;
    expect(await bench.run({ caps })).toMatchObject([{ state: 'sent', email: 'b@one.example' }]);
  });

  test('of 0 let nothing out, and no cap lets everything out', async () => {
    for (let n = 0; n < 60; n++) await thread(`a${n}@one.example`);
    const none = await bench.run({
      limit: 60,
      caps: { values: [{ scope: 'all', most: 0, days: 1 }] },
    });
    expect(new Set(none.map(({ state }) => state))).toEqual(new Set(['delayed']));
    await bench.run({ limit: 60, caps: {}, service: 'resend' });
    expect(bench.services.resend).toHaveLength(60);
  });

  test('hold for runs side by side', async () => {
    for (let n = 0; n < 20; n++) await thread(`a${n}@d${n}.example`);
    const caps = { values: [{ scope: 'mailbox', most: 7, days: 1 }] };
    const runs = [1, 2, 3, 4].map((n) => bench.run({ caps }, { idempotencyKey: `e${n}:n:0` }));
    await Promise.all(runs);
    expect(bench.smtp.mails).toHaveLength(7);
    expect(new Set(bench.smtp.mails.map(({ to }) => to[0])).size).toBe(7);
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
    const send = () => bench.run(asked, {}, items);
    expect(await send()).toMatchObject([{ state: 'sent', email: 'bo@their.example' }]);
    expect(await send()).toMatchObject([{ state: 'notDue' }]);
    expect(bench.smtp.mails).toHaveLength(1);
    const [made] = await bench.tables().open(outreachThreads).find();
    expect(made?.followUps).toHaveLength(2);
  });

  test('an address that is none is an error of its item', async () => {
    await expect(bench.run({ ...asked, to: 'nobody' })).rejects.toThrow('is no mail address');
    expect(
      await bench.run({ ...asked, to: 'a@b@c.example' }, { continueOnFail: true }),
    ).toMatchObject([{ error: expect.stringContaining('is no mail address') }]);
  });
});
