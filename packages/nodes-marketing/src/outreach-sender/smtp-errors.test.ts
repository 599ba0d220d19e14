import { openOutreachBench } from '@millrace/testing/marketing-fakes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outreachMessages, outreachThreads, suppressions } from '../tables/outreach.ts';

const MONDAY_TEN = Date.UTC(2026, 10, 23, 10);
const HOUR_MS = 3_600_000;
const BO = 'bo@their.example';

let bench: Awaited<ReturnType<typeof openOutreachBench>>;
beforeAll(async () => {
  bench = await openOutreachBench(MONDAY_TEN);
});
beforeEach(async () => {
  bench.smtp.recover();
  await bench.reset();
  await bench
    .tables()
    .open(outreachThreads)
    .insert({ campaign: 'links', email: BO, subject: 'Hi', body: 'Hello.' });
});
afterAll(() => bench.close());

const stored = async () => {
  const [thread] = await bench.tables().open(outreachThreads).find();
  const [message] = await bench.tables().open(outreachMessages).find();
  const suppressed = await bench.tables().open(suppressions).count();
  return { thread, message, suppressed };
};

describe('the contact does not exist: never written to again', () => {
  test.each([
    [550, '5.1.1 No such user here'],
    [550, '5.1.10 Recipient not found'],
    [550, 'Requested action not taken: mailbox unavailable'],
    [551, '5.1.6 User has moved'],
    [553, '5.1.3 Bad mailbox name'],
  ])('RCPT TO: %i %s', async (status, text) => {
    bench.smtp.refuse(BO, status, text);
    expect(await bench.run()).toMatchObject([{ state: 'bounced' }]);
    expect(await stored()).toMatchObject({
      thread: { state: 'bounced', dueAt: null },
      message: { state: 'failed', error: expect.stringContaining(text) },
      suppressed: 1,
    });
  });
});

describe('not now: tried again an hour later, and it goes out once', () => {
  test.each([
    [450, '4.2.1 Mailbox busy'],
    [450, '4.7.1 Greylisted, try again in 300 seconds'],
    [451, '4.3.0 Local error'],
    [452, '4.2.2 Mailbox full'],
    [552, '5.2.2 Mailbox full'],
    [552, 'Requested mail action aborted: exceeded storage allocation'],
  ])('RCPT TO: %i %s', async (status, text) => {
    bench.smtp.refuse(BO, status, text);
    await expectLater();
  });

  test.each([
    [421, '4.4.2 Timeout'],
    [451, '4.7.1 Try again later'],
    [452, '4.3.1 Insufficient system storage'],
  ])('after DATA: %i %s', async (status, text) => {
    bench.smtp.answerAt('message', status, text);
    await expectLater();
  });

  async function expectLater() {
    expect(await bench.run()).toMatchObject([{ state: 'failed' }]);
    expect(await stored()).toMatchObject({
      thread: { state: 'queued', step: 0, dueAt: MONDAY_TEN + HOUR_MS },
      suppressed: 0,
    });
    bench.smtp.recover();
    bench.state.now += HOUR_MS;
    expect(await bench.run()).toMatchObject([{ state: 'sent' }]);
    bench.state.now += HOUR_MS;
    expect(await bench.run()).toEqual([]);
    expect(bench.smtp.mails).toHaveLength(1);
    expect(await stored()).toMatchObject({ message: { state: 'sent', error: null } });
  }
});

describe('this mail is refused: a person looks at it, the contact stays', () => {
  test.each([
    [550, '5.7.1 Rejected by policy'],
    [554, '5.7.1 Message blocked'],
    [554, 'Transaction failed'],
  ])('RCPT TO: %i %s', async (status, text) => {
    bench.smtp.refuse(BO, status, text);
    await expectPaused();
  });

  test.each([
    [550, '5.7.1 Looks like spam'],
    [552, '5.3.4 Message too big for system'],
    [554, '5.6.0 Malformed'],
  ])('after DATA: %i %s', async (status, text) => {
    bench.smtp.answerAt('message', status, text);
    await expectPaused();
  });

  async function expectPaused() {
    expect(await bench.run()).toMatchObject([{ state: 'failed' }]);
    expect(await stored()).toMatchObject({ thread: { state: 'paused', step: 0 }, suppressed: 0 });
    bench.smtp.recover();
    bench.state.now += HOUR_MS;
    expect(await bench.run()).toEqual([]);
    expect(bench.smtp.mails).toEqual([]);
  }
});

describe('the mailbox does not work: the run ends with the reason, what is due stays due', () => {
  test.each([
    ['greeting', 421, '4.7.0 Too many connections'],
    ['greeting', 554, '5.7.1 Your address is blocked'],
    ['auth', 454, '4.7.0 Temporary authentication failure'],
    ['auth', 534, '5.7.9 Please log in with your web browser'],
    ['auth', 535, '5.7.8 Bad credentials'],
    ['sender', 451, '4.7.0 Too many mails, slow down'],
    ['sender', 452, '4.3.1 Out of memory'],
    ['sender', 530, '5.7.0 Must issue a STARTTLS command first'],
    ['sender', 550, '5.7.60 Not allowed to send as this sender'],
    ['sender', 552, '5.3.4 Message size exceeds fixed limit'],
  ] as const)('%s: %i %s', async (step, status, text) => {
    bench.smtp.answerAt(step, status, text);
    await expectDown(() => bench.run(), text);
  });

  test('the server shuts down while it is told the contact: 421 4.3.2', async () => {
    bench.smtp.refuse(BO, 421, '4.3.2 System shutting down');
    await expectDown(() => bench.run(), '421 4.3.2');
  });

  test('the connection breaks before the mail is handed over', async () => {
    bench.smtp.breakAtContact();
    await expectDown(() => bench.run(), 'closed');
  });

  test('a server that speaks no TLS where it has to', async () => {
    const { port } = bench.smtp;
    const locate = async () => ({ address: '127.0.0.1', port, isStandIn: false });
    await expectDown(() => bench.run({}, { hosts: { locate } }), '');
  });

  test('nobody listens', async () => {
    const locate = async () => ({ address: '127.0.0.1', port: 1, isStandIn: true });
    await expectDown(() => bench.run({}, { hosts: { locate } }), 'ECONNREFUSED');
  });

  async function expectDown(send: () => Promise<unknown>, reason: string) {
    await expect(send()).rejects.toMatchObject({
      code: 'NODE_SERVICE_FAILED',
      message: expect.stringContaining(reason),
    });
    expect(await stored()).toMatchObject({
      thread: { state: 'queued', step: 0, dueAt: null },
      suppressed: 0,
    });
    bench.smtp.recover();
    expect(await bench.run()).toMatchObject([{ state: 'sent' }]);
    expect(bench.smtp.mails).toHaveLength(1);
  }
});
