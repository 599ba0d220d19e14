import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBrief } from '../../content-brief/make-brief.ts';
import { USUAL_CHANNELS } from '../../content-calendar/channel-rules.ts';
import { nodesMarketing } from '../../index.ts';
import { seedKeywords } from '../../seed/keywords.ts';
import { seedTrends } from '../../seed/trends.ts';
import { content, postMetrics, publications, schedule } from '../../tables/content.ts';
import { keywords } from '../../tables/keywords.ts';
import { learnings, leases, plans } from '../../tables/programmes.ts';
import { trendPoints, trends } from '../../tables/trends.ts';
import { acquire } from '../leases.ts';
import type { ProgrammeContext } from '../programme.ts';
import { runProgramme } from '../run-programme.ts';
import { latestRun } from '../run-state.ts';
import { trendContent } from './index.ts';

const START = Date.now();
const DAY_MS = 86_400_000;
/** Few of the many that go on as ever. */
const seeded = [...seedTrends(300, 3, START)].filter(
  ({ planted }, index) => planted !== 'flat' || index % 12 === 0,
);

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
  await tables.open(trends).insertMany(seeded.map(({ trend }) => trend));
  await tables.open(trendPoints).insertMany(seeded.flatMap(({ points }) => points));
});
afterEach(() => storage.close());

const pieces = (kind: 'idea' | 'brief' | 'article' | 'social') =>
  storage.tables.open(content).find({ where: { kind }, orderBy: { id: 'asc' } });
const plansOf = (runId: string) =>
  storage.tables.open(plans).find({ where: { programme: 'content', runId } });

describe('a run on the seed data', () => {
  test('templates word most pieces so that they pass as new, the same way each time', async () => {
    for (let week = 0; week < 3; week += 1) {
      await runProgramme(trendContent, context());
      now += 7 * DAY_MS;
    }
    const articles = await pieces('article');
    expect(new Set(articles.map(({ madeBy }) => madeBy))).toEqual(new Set(['template']));
    const fresh = articles.filter(({ scores }) => (scores?.['uniqueness'] ?? 0) > 0.75);
    expect(fresh.length / articles.length).toBeGreaterThan(0.6);

    const facts = { title: 'What is hose? A plain answer', term: 'hose', angle: 'explainer' };
    expect(makeBrief(facts)).toEqual(makeBrief(facts));
    expect(makeBrief({ ...facts, wording: 1 }).outline).not.toEqual(makeBrief(facts).outline);
  });

  test('finds what emerges, has ideas, and writes briefs, articles and posts', async () => {
    const run = await runProgramme(trendContent, context());

    expect(run).toMatchObject({ phase: 'completed', open: null });
    expect(run.figures?.['emerging']).toBeGreaterThanOrEqual(10);
    expect(run.figures?.['ideas']).toBeGreaterThanOrEqual(20);
    expect(run.figures?.['briefs']).toBeGreaterThanOrEqual(5);
    expect(await pieces('idea')).toHaveLength(run.figures?.['ideas'] ?? 0);
    const articles = await pieces('article');
    expect(articles).toHaveLength(run.figures?.['briefs'] ?? 0);
    for (const { scores, fingerprint, body, status } of articles) {
      expect(Object.keys(scores ?? {})).toEqual(['quality', 'readability', 'uniqueness', 'onPage']);
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
      expect(body).toMatch(/^# /);
      expect(status).toBe('review');
    }
    expect(await storage.tables.open(leases).count()).toBe(0);
  });

  test('the stages that were planted are read, with growth and time to the peak', async () => {
    await trendContent.analyse(context());
    const rows = await storage.tables.open(trends).find();
    const stages = new Map(rows.map(({ id, stage }) => [id, stage]));
    const right = seeded.filter(({ trend, planted }) => stages.get(trend.id) === planted);
    expect(right.length / seeded.length).toBeGreaterThan(0.9);
    for (const row of rows.filter(({ stage }) => stage === 'emerging'))
      expect(row.growth).toBeGreaterThan(0);
    expect(rows.some(({ relevance }) => (relevance ?? 0) > 0.25)).toBe(true);
  });

  test('the calendar holds the rules of its channels, articles before their posts', async () => {
    const run = await runProgramme(trendContent, context());
    const slots = await storage.tables.open(schedule).find({ orderBy: { plannedAt: 'asc' } });
    expect(slots).toHaveLength(run.figures?.['scheduled'] ?? 0);
    expect(slots.length).toBeGreaterThan(5);
    for (const { name, perDay } of USUAL_CHANNELS) {
      const days = Map.groupBy(
        slots.filter(({ channel }) => channel === name),
        ({ localTime }) => localTime.slice(0, 10),
      );
      for (const own of days.values()) expect(own.length).toBeLessThanOrEqual(perDay);
    }
    const plannedAt = new Map(slots.map((slot) => [slot.contentId, slot.plannedAt]));
    for (const { id, parentId } of await pieces('social'))
      if (plannedAt.has(id))
        expect(plannedAt.get(id)).toBeGreaterThan(plannedAt.get(parentId ?? '') ?? Infinity);
  });

  test('goes on with the phase it was cut off in, and makes nothing twice', async () => {
    const cut = new AbortController();
    const dying = {
      ...trendContent,
      plan: async (given: ProgrammeContext, runId: string) => {
        await trendContent.plan(given, runId);
        cut.abort(new Error('killed'));
        given.signal.throwIfAborted();
        return {};
      },
    };
    await expect(runProgramme(dying, context({ signal: cut.signal }))).rejects.toThrow('killed');
    const open = await latestRun(storage.tables, 'content');
    expect(open?.phase).toBe('planning');
    const planned = await plansOf(open?.id ?? '');
    const run = await runProgramme(trendContent, context());
    expect(run.id).toBe(open?.id);
    expect(await plansOf(run.id)).toHaveLength(planned.length);

    await trendContent.execute(context(), run.id);
    const titles = (await pieces('article')).map(({ title }) => title);
    expect(titles).toHaveLength(planned.length);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('a second run has no title again', async () => {
    await runProgramme(trendContent, context());
    await runProgramme(trendContent, context());
    for (const kind of ['idea', 'article'] as const) {
      const titles = (await pieces(kind)).map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test('a search another programme works on is left to it', async () => {
    await trendContent.analyse(context());
    await trendContent.plan(context(), 'probe');
    const [first] = (await plansOf('probe')).filter(({ details }) => details?.['keywordId']);
    const keywordId = String(first?.details?.['keywordId']);
    await storage.tables.open(leases).remove({});
    await storage.tables.open(plans).remove({});
    const claim = { resource: `keyword:${keywordId}`, holder: 'other', programme: 'seo' as const };
    await acquire(storage.tables, [{ ...claim, priority: 9 }], now);

    const run = await runProgramme(trendContent, context());
    expect(run.figures?.['plansLeftToOthers']).toBeGreaterThan(0);
    const taken = (await plansOf(run.id)).map(({ details }) => details?.['keywordId']);
    expect(taken).not.toContain(keywordId);
  });

  test('without trends there is nothing to do', async () => {
    const empty = createMemoryStorage([nodesMarketing]);
    const run = await runProgramme(trendContent, context({ tables: empty.tables }));
    expect(run).toMatchObject({
      phase: 'completed',
      figures: { trends: 0, ideas: 0, plans: 0, briefs: 0, scheduled: 0 },
    });
    await empty.close();
  });
});

describe('with a model', () => {
  const embed = () => Promise.reject(new Error('not asked for'));

  test('what it writes is checked, mended at most twice, and reviewed when it stays poor', async () => {
    const asked: string[] = [];
    const complete = async ({ messages }: { messages: readonly { text: string }[] }) => {
      asked.push(messages[0]?.text.split(':')[0] ?? '');
      return answerOf('Short.');
    };
    const run = await runProgramme(trendContent, context({ llm: { complete, embed } }));
    const articles = run.figures?.['articles'] ?? 0;
    expect(run.figures?.['articlesByModel']).toBe(articles);
    expect(run.figures?.['articlesToReview']).toBe(articles);
    expect(asked.filter((text) => text.includes('mend')).length).toBe(2 * articles);
    for (const { body } of await pieces('social')) expect(body).toContain('https://');
  });

  test('one that fails changes nothing', async () => {
    const complete = () => Promise.reject(new Error('busy'));
    const run = await runProgramme(trendContent, context({ llm: { complete, embed } }));
    expect(run).toMatchObject({ phase: 'completed', figures: { articlesByModel: 0 } });
    expect(run.figures?.['briefs']).toBeGreaterThanOrEqual(5);
  });
});

describe('learning', () => {
  /** Every piece of a run is published on the blog and seen so often. */
  async function publish(runId: string, viewsOf: (angle: string) => number): Promise<void> {
    const { tables } = storage;
    for (const plan of await plansOf(runId)) {
      const article = await tables.open(content).findOne({ planId: plan.id, kind: 'article' });
      const about = { key: plan.id, platform: 'blog', account: 'own', state: 'done' as const };
      const post = await tables
        .open(publications)
        .insert({ ...about, contentId: article?.id ?? null });
      for (const [at, share] of [
        [now, 0.1],
        [now + DAY_MS, 1],
      ] as const)
        await tables
          .open(postMetrics)
          .insert({ publicationId: post.id, at, views: Math.round(share * viewsOf(plan.kind)) });
    }
  }

  test('how published pieces were seen changes the next plan', async () => {
    const first = await runProgramme(trendContent, context());
    const before = await plansOf(first.id);
    const [loved] = before
      .filter(({ details }) => details?.['goal'] !== 'viral')
      .map(({ kind }) => kind);
    await publish(first.id, (angle) => (angle === loved ? 3000 : 500));
    now += 5 * DAY_MS;
    const figures = await trendContent.learn(context(), '');
    expect(figures).toMatchObject({ outcomes: before.length });

    const beliefs = await storage.tables.open(learnings).find({ where: { programme: 'content' } });
    const meanOf = (angle = '') =>
      beliefs.find(({ subject }) => subject === `angle:${angle}`)?.mean ?? 1;
    expect(meanOf(loved)).toBeGreaterThan(1.2);
    for (const { kind } of before) if (kind !== loved) expect(meanOf(kind)).toBeLessThanOrEqual(1);

    const ideasBefore = await pieces('idea');
    const second = await runProgramme(trendContent, context());
    const after = await plansOf(second.id);
    const ofLoved = after.filter(({ kind }) => kind === loved);
    expect(ofLoved.length).toBeGreaterThan(0);
    expect(ofLoved[0]?.learningIds).toHaveLength(1);
    expect(ofLoved[0]?.details?.['reasons']).toContainEqual(expect.stringMatching(/brought 1\./));
    const priorities = new Map(ideasBefore.map(({ title, priority }) => [title, priority ?? 0]));
    for (const { title, priority, kind } of after) {
      const old = priorities.get(title);
      if (kind === loved && old !== undefined) expect(priority).toBeGreaterThan(old);
    }
  });

  test('a piece that is two hours old is not judged yet', async () => {
    const run = await runProgramme(trendContent, context());
    await publish(run.id, () => 1000);
    now += DAY_MS / 12;
    expect(await trendContent.learn(context(), '')).toEqual({ outcomes: 0, learnings: 0 });
  });
});

const answerOf = (text: string) => ({
  text,
  model: 'fake',
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0 },
  cost: 0,
  isFromCache: false,
});
