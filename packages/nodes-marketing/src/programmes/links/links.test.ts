import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../../index.ts';
import { seedKeywords } from '../../seed/keywords.ts';
import {
  COMPETITORS,
  OWN_DOMAIN,
  seedBacklinks,
  seedDomains,
  seedQueries,
} from '../../seed/links.ts';
import { PRODUCTS } from '../../seed/vocabulary.ts';
import { keywords, pages } from '../../tables/keywords.ts';
import { backlinks, domains, journalistQueries, prospects } from '../../tables/links.ts';
import { outreachMessages, outreachThreads, suppressions } from '../../tables/outreach.ts';
import { learnings, leases, plans } from '../../tables/programmes.ts';
import { acquire } from '../leases.ts';
import type { ProgrammeContext } from '../programme.ts';
import { runProgramme } from '../run-programme.ts';
import { latestRun } from '../run-state.ts';
import { links } from './index.ts';

const START = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

let storage: ReturnType<typeof createMemoryStorage>;
let now = START;

const context = (more: Partial<ProgrammeContext> = {}): ProgrammeContext => ({
  tables: storage.tables,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  seed: 1,
  now: () => now,
  ...more,
});

beforeEach(async () => {
  now = START;
  storage = createMemoryStorage([nodesMarketing]);
  const { tables } = storage;
  await tables.open(keywords).insertMany([...seedKeywords(500, 1)]);
  await tables.open(domains).insertMany([...seedDomains(500, 1)]);
  await tables
    .open(backlinks)
    .insertMany([...seedBacklinks({ own: 200, rivals: 2000, sites: 500 }, 1, START)]);
  await tables.open(journalistQueries).insertMany([...seedQueries(40, 1, START)]);
  await tables.open(pages).insertMany(
    PRODUCTS.map((product) => ({
      url: `https://${OWN_DOMAIN}/${product.replaceAll(' ', '-')}`,
      title: product,
    })),
  );
});
afterEach(() => storage.close());

const threads = () => storage.tables.open(outreachThreads).find({ orderBy: { id: 'asc' } });
const allPlans = () => storage.tables.open(plans).find({ orderBy: { id: 'asc' } });

/** What the Outreach Sender and the mailbox do. */
async function answer(
  threadId: string,
  kind: 'reply' | 'bounce' | 'unsubscribe' | 'autoReply',
): Promise<void> {
  await storage.tables.open(outreachMessages).insert({
    threadId,
    kind,
    direction: 'in',
    step: 1,
    messageId: `<${threadId}-${kind}@mail.example>`,
    state: 'received',
    at: now,
  });
}

describe('a run on the seed data', () => {
  test('profiles links, finds opportunities and opens outreach campaigns', async () => {
    const run = await runProgramme(links, context());

    expect(run).toMatchObject({ phase: 'completed', open: null });
    expect(run.figures?.['opportunities']).toBeGreaterThanOrEqual(30);
    expect(run.figures?.['linkGaps']).toBeGreaterThanOrEqual(30);
    expect(run.figures?.['outreachCampaigns']).toBeGreaterThanOrEqual(10);
    expect(run.figures?.['queriesExpired']).toBeGreaterThan(0);
    const opened = await threads();
    expect(opened).toHaveLength(run.figures?.['outreachThreads'] ?? 0);
    expect(new Set(opened.map(({ email }) => email)).size).toBe(opened.length);
    expect(await storage.tables.open(leases).count()).toBe(0);
  });

  test('writes the quality of every link to its row', async () => {
    await links.analyse(context());
    const store = storage.tables.open(backlinks);
    expect(await store.count({ quality: null })).toBe(0);
    const [best] = await store.find({ orderBy: { quality: 'desc' }, limit: 1 });
    expect(best).toMatchObject({ rel: 'follow', placement: 'content' });
  });

  test('mails are whole, name our page, and follow up after three and seven days', async () => {
    await runProgramme(links, context());
    for (const { body, subject, followUps, variables } of await threads()) {
      expect(`${subject}\n${body}`).not.toMatch(/\[|\{\{|undefined|null/);
      expect(body).toContain(variables?.['targetUrl']);
      expect([[], [3], [3, 7]]).toContainEqual(followUps?.map(({ afterDays }) => afterDays));
    }
  });

  test('a deadline holds for the mail and for its follow-ups', async () => {
    await runProgramme(links, context());
    const rows = await storage.tables.open(prospects).find({ where: { kind: 'journalist' } });
    const deadlines = new Map(rows.map(({ id, deadline }) => [id, deadline]));
    const asked = (await threads()).filter(({ prospectId }) => deadlines.get(prospectId ?? ''));
    expect(asked.length).toBeGreaterThan(0);
    for (const { prospectId, deadlineAt } of asked)
      expect(deadlineAt).toBe(deadlines.get(prospectId ?? ''));
    for (const { prospectId, followUps } of asked)
      for (const { afterDays } of followUps ?? [])
        expect(START + afterDays * DAY_MS).toBeLessThan(deadlines.get(prospectId ?? '') ?? 0);
  });

  test('goes on with the phase it was cut off in, and writes to nobody twice', async () => {
    const cut = new AbortController();
    const dying = {
      ...links,
      execute: async (given: ProgrammeContext, runId: string) => {
        await links.execute(given, runId);
        cut.abort(new Error('killed'));
        given.signal.throwIfAborted();
        return {};
      },
    };
    await expect(runProgramme(dying, context({ signal: cut.signal }))).rejects.toThrow('killed');
    expect((await latestRun(storage.tables, 'links'))?.phase).toBe('executing');
    const before = await threads();

    const run = await runProgramme(links, context());
    expect(run.figures?.['outreachThreads']).toBe(before.length);
    expect(await threads()).toEqual(before);
  });

  test('a contact another programme writes to is left to it', async () => {
    await links.analyse(context());
    await links.plan(context({ seed: 1 }), 'probe');
    const [first] = await storage.tables
      .open(plans)
      .find({ orderBy: { priority: 'desc' }, limit: 1 });
    await storage.tables.open(leases).remove({});
    const contact = { holder: 'other', programme: 'campaigns' as const, priority: 9 };
    const email = String(first?.details?.['contactEmail']);
    await acquire(storage.tables, [{ ...contact, resource: `contact:${email}` }], now);

    const run = await runProgramme(links, context());
    expect(run.figures).toMatchObject({ plansLeftToOthers: 1 });
    expect((await threads()).map((thread) => thread.email)).not.toContain(email);
  });

  test('nobody who asked to be left alone is written to', async () => {
    await links.analyse(context());
    const rows = await storage.tables
      .open(prospects)
      .find({ where: { contactEmail: { not: '' } }, columns: ['contactEmail'] });
    const emails = [...new Set(rows.map(({ contactEmail }) => contactEmail))];
    await storage.tables
      .open(suppressions)
      .insertMany(emails.map((email) => ({ email, reason: 'unsubscribed' as const })));
    const run = await runProgramme(links, context());
    expect(run.figures).toMatchObject({ outreachThreads: 0, outreachCampaigns: 0 });
  });

  test('a model words the mails; one that fails or drops our address changes nothing', async () => {
    let asked = 0;
    const complete = async ({ messages }: { messages: readonly { text: string }[] }) => {
      asked += 1;
      if (asked === 1) throw new Error('busy');
      const draft = messages.at(-1)?.text ?? '';
      return answerOf(asked === 2 ? 'Hello [name]' : `${draft}\n\nSigned by a model`);
    };
    const embed = () => Promise.reject(new Error('not asked for'));
    const run = await runProgramme(links, context({ llm: { complete, embed } }));
    expect(run.figures?.['mailsByModel']).toBe(asked - 2);
    expect(asked).toBeGreaterThan(10);
  });

  test('an empty project gives empty figures', async () => {
    const empty = createMemoryStorage([nodesMarketing]);
    const run = await runProgramme(links, context({ tables: empty.tables }));
    expect(run).toMatchObject({
      phase: 'completed',
      figures: { opportunities: 0, linkGaps: 0, plans: 0, outreachThreads: 0 },
    });
    await empty.close();
  });
});

describe('threads', () => {
  test.each([
    ['reply', 'replied', 'replied'],
    ['bounce', 'bounced', 'lost'],
    ['unsubscribe', 'unsubscribed', 'lost'],
  ] as const)('a %s stops the follow-ups', async (kind, state, status) => {
    await runProgramme(links, context());
    const [thread] = await threads();
    await answer(thread?.id ?? '', kind);
    await links.analyse(context());
    const after = await storage.tables.open(outreachThreads).findOne({ id: thread?.id ?? '' });
    expect(after).toMatchObject({ state, dueAt: null });
    const prospect = await storage.tables.open(prospects).findOne({ id: thread?.prospectId ?? '' });
    expect(prospect?.status).toBe(status);
  });

  test('an automatic answer stops nothing', async () => {
    await runProgramme(links, context());
    const [thread] = await threads();
    await answer(thread?.id ?? '', 'autoReply');
    await links.analyse(context());
    expect(await storage.tables.open(outreachThreads).findOne({ id: thread?.id ?? '' })).toEqual(
      thread,
    );
  });
});

describe('learning', () => {
  test('a site that links to us after it was written to is won', async () => {
    await runProgramme(links, context());
    const [plan] = (await allPlans()).filter(({ kind }) => kind === 'linkGap');
    const domain = String(plan?.details?.['domain']);
    const from = { fromUrl: `https://${domain}/new`, fromDomain: domain };
    const to = { toUrl: `https://${OWN_DOMAIN}/tamper`, toDomain: OWN_DOMAIN };
    await storage.tables
      .open(backlinks)
      .insert({ ...from, ...to, firstSeen: (plan?.createdAt ?? 0) + DAY_MS });
    const figures = await links.learn(context(), '');
    expect(figures).toMatchObject({ outcomes: 1, replies: 1, linksWon: 1 });
    expect(await storage.tables.open(plans).findOne({ id: plan?.id ?? '' })).toMatchObject({
      outcome: 1,
      status: 'done',
    });
    const beliefs = await storage.tables.open(learnings).find({ where: { programme: 'links' } });
    expect(beliefs.map(({ subject }) => subject).toSorted()).toEqual([
      'link:linkGap',
      'reply:linkGap',
    ]);
  });

  test('outcomes change the next plan', async () => {
    await runProgramme(links, context());
    const first = await allPlans();
    expect(first.some(({ kind }) => kind === 'journalist')).toBe(true);

    // Journalists never answered; everybody else did and set a link.
    const store = storage.tables.open(outreachThreads);
    for (const { subject, kind } of first)
      await store.update(
        { prospectId: subject },
        { state: kind === 'journalist' ? 'ended' : 'won', dueAt: null },
      );
    now += DAY_MS;
    await storage.tables
      .open(journalistQueries)
      .insertMany(
        [...seedQueries(40, 5, now)].map((query) => ({ ...query, email: `new-${query.email}` })),
      );
    await links.learn(context(), '');
    const run = await runProgramme(links, context());

    const believed = await storage.tables.open(learnings).findOne({ subject: 'reply:journalist' });
    expect(believed?.mean).toBeLessThan(0.1);
    expect(believed?.count).toBe(first.filter(({ kind }) => kind === 'journalist').length);
    const second = await storage.tables.open(plans).find({ where: { runId: run.id } });
    const bestOf = (rows: readonly { kind: string; priority: number }[], kind: string) =>
      Math.max(0, ...rows.filter((row) => row.kind === kind).map(({ priority }) => priority));
    const ratio = (rows: typeof first) => bestOf(rows, 'journalist') / bestOf(rows, 'linkGap');
    expect(ratio(second)).toBeLessThan(ratio(first) / 2);
    expect(second.find(({ kind }) => kind === 'linkGap')?.learningIds).toHaveLength(2);
  });

  test('a bounce teaches nothing about who answers', async () => {
    await runProgramme(links, context());
    const [thread] = await threads();
    await answer(thread?.id ?? '', 'bounce');
    expect(await links.learn(context(), '')).toMatchObject({ outcomes: 0, learnings: 0 });
    expect(
      await storage.tables.open(plans).findOne({ subject: thread?.prospectId ?? '' }),
    ).toMatchObject({ status: 'failed', outcome: null });
  });
});

test('competitors are never asked for links', async () => {
  await links.analyse(context());
  const asked = await storage.tables
    .open(prospects)
    .find({ where: { domain: { in: [...COMPETITORS, OWN_DOMAIN] } } });
  expect(asked).toEqual([]);
});

const answerOf = (text: string) => ({
  text,
  model: 'fake',
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0 },
  cost: 0,
  isFromCache: false,
});
