import { openOutreachBench } from '@millrace/testing/marketing-fakes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimHandoff, closeHandoff, requestHandoff } from '../handoff/handoffs.ts';
import { agents } from '../tables/handoffs.ts';
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

test('no mail goes out while a person talks with the contact; after the talk it does', async () => {
  const { id } = await thread('bo@their.example');
  const tables = bench.tables();
  const now = bench.state.now;
  const talk = { id: 'h1', contact: 'Bo@Their.example', channel: 'chat', wanted: 'any' } as const;
  const more = { skills: [], context: {}, reason: null, answerBy: null };
  await requestHandoff(tables, { ...talk, ...more }, now);
  await tables
    .open(agents)
    .insert({ id: 'ann', name: 'Ann', kind: 'human', skills: [], heartbeatAt: now });
  const claimed = await claimHandoff(tables, { id: 'h1', version: 1 }, { agentId: 'ann', now });

  expect(await bench.run()).toMatchObject([{ state: 'muted', until: now + DAY_MS }]);
  expect(await messages()).toEqual([]);
  expect(await threadNow(id)).toMatchObject({ state: 'queued', step: 0, dueAt: now + DAY_MS });

  const seen = { id: 'h1', version: claimed.version };
  await closeHandoff(tables, seen, { by: 'ann', outcome: 'Answered', now });
  bench.state.now += DAY_MS;
  expect(await bench.run()).toMatchObject([{ state: 'sent' }]);
});

describe('what the service says', () => {
  test('no such user: the address is never written to again', async () => {
    bench.smtp.refuse('gone@their.example', 550, '5.1.1 No such user');
    const { id } = await thread('gone@their.example');
    expect(await bench.run()).toMatchObject([{ state: 'bounced' }]);
    expect(await threadNow(id)).toMatchObject({ state: 'bounced' });
    expect(await bench.tables().open(suppressions).find()).toMatchObject([
      { email: 'gone@their.example', reason: 'bounced' },
    ]);
  });

  test('busy: tried again an hour later under the same Message-ID, five times at the most', async () => {
    bench.smtp.refuse('busy@their.example', 450, 'Try later');
    const { id } = await thread('busy@their.example');
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await bench.run()).toMatchObject([{ state: 'failed' }]);
      expect(await threadNow(id)).toMatchObject({
        state: 'queued',
        dueAt: bench.state.now + 3_600_000,
      });
      bench.state.now += 3_600_000;
    }
    await bench.run();
    expect(await threadNow(id)).toMatchObject({ state: 'paused', step: 0 });
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 5 }]);
  });

  test('a wrong password ends the run, and what was due stays due', async () => {
    const { id } = await thread('bo@their.example');
    const credential = async () => ({ ...bench.account, password: 'wrong' });
    await expect(bench.run({}, { credential })).rejects.toMatchObject({
      code: 'NODE_SERVICE_FAILED',
    });
    expect(await threadNow(id)).toMatchObject({ state: 'queued', step: 0 });
    expect(await bench.run()).toMatchObject([{ state: 'sent' }]);
  });

  test('nothing, after it took the mail: unknown, and never sent again', async () => {
    const { id } = await thread('bo@their.example');
    const taken = bench.smtp.hold();
    const running = bench.run();
    await taken;
    bench.smtp.cut();
    expect(await running).toMatchObject([{ state: 'unknown' }]);
    bench.smtp.release();
    expect(await threadNow(id)).toMatchObject({ state: 'paused', step: 0 });
    bench.state.now += DAY_MS;
    expect(await bench.run()).toEqual([]);
    expect(bench.smtp.mails).toHaveLength(1);
  });
});

describe('Gmail and Resend', () => {
  test('Gmail gets the mail as it travels; one whose fate is open is looked for', async () => {
    const { id } = await thread('bo@their.example');
    bench.services.fail('drop');
    expect(await bench.run({ service: 'gmail' })).toMatchObject([{ state: 'unknown' }]);
    expect(bench.services.gmail[0]).toContain('To: bo@their.example');
    expect(await bench.run({ service: 'gmail' })).toEqual([]);
    expect(await threadNow(id)).toMatchObject({ state: 'waiting', step: 1 });
    expect(await messages()).toMatchObject([{ state: 'sent' }]);
    expect(bench.services.gmail).toHaveLength(1);
  });

  test('Resend gets text, headers and an idempotency key', async () => {
    await thread('bo@their.example');
    expect(await bench.run({ service: 'resend' })).toMatchObject([{ state: 'sent' }]);
    const [sent] = bench.services.resend;
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
    bench.services.fail({ status, body });
    expect(await bench.run({ service })).toMatchObject([{ state }]);
    expect(await threadNow(id)).toMatchObject({ state: threadState });
  });

  test.each([
    ['gmail', 403, { error: { code: 403, message: 'Daily user sending limit exceeded' } }],
    ['resend', 429, { name: 'rate_limit_exceeded', message: 'Too many requests' }],
  ])('%s: a limit (%i) ends the run and leaves what is due', async (service, status, body) => {
    const { id } = await thread('bo@their.example');
    bench.services.fail({ status, body });
    await expect(bench.run({ service })).rejects.toThrow('No mail can be sent');
    expect(await threadNow(id)).toMatchObject({ state: 'queued', dueAt: null });
  });
});
