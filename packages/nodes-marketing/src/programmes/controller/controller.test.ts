import { createMemoryStorage } from '@millrace/server/packages';
import type { JobInfo, Jobs } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../../index.ts';
import { campaignMemories } from '../../tables/campaigns.ts';
import { handoffs } from '../../tables/handoffs.ts';
import { keywords } from '../../tables/keywords.ts';
import { backlinks, domains } from '../../tables/links.ts';
import { outreachThreads } from '../../tables/outreach.ts';
import { conflicts, programmeRuns, PROGRAMMES } from '../../tables/programmes.ts';
import { trends } from '../../tables/trends.ts';
import type { ProgrammeContext, ProgrammeSteps } from '../programme.ts';
import { runProgramme } from '../run-programme.ts';
import { advanceRun, beginRun, latestRun } from '../run-state.ts';
import { changeSettings } from '../settings.ts';
import { startAll, stopAll } from './controller.ts';
import { dashboard } from './dashboard.ts';
import { programmesHealth } from './health.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 21);
let now = START;
let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(() => {
  now = START;
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const context = (more: Partial<ProgrammeContext> = {}): ProgrammeContext => ({
  tables: storage.tables,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  seed: 1,
  now: () => now,
  ...more,
});

/** Jobs as the server keeps them, without running them. */
function fakeJobs() {
  const rows: JobInfo[] = [];
  const jobs: Jobs = {
    async start(name, input = {}) {
      const open = rows.find((row) => row.name === name && row.status === 'running');
      if (open) return { id: open.id };
      const id = `job ${rows.length + 1}`;
      const times = { createdAt: now, startedAt: now, finishedAt: null };
      rows.push({
        id,
        name,
        input,
        status: 'running',
        state: {},
        result: null,
        error: null,
        ...times,
      });
      return { id };
    },
    find: async (id) => rows.find((row) => row.id === id),
    list: async ({ name } = {}) => rows.filter((row) => name === undefined || row.name === name),
    async cancel(id) {
      const index = rows.findIndex((row) => row.id === id && row.status === 'running');
      const row = rows[index];
      if (row) rows[index] = { ...row, status: 'canceled' };
      return row !== undefined;
    },
  };
  return { jobs, rows };
}

/** A programme that notes what it does. */
function fakeProgramme(done: string[], during: (phase: string) => Promise<void> = async () => {}) {
  const phase = (name: string) => async () => {
    await during(name);
    done.push(name);
    return { [name]: 1 };
  };
  const steps: ProgrammeSteps = {
    programme: 'seo',
    analyse: phase('analyse'),
    plan: phase('plan'),
    execute: phase('execute'),
    learn: phase('learn'),
  };
  return steps;
}

describe('all together', () => {
  test('start in the order of their priority, without those that are off', async () => {
    const { jobs, rows } = fakeJobs();
    await changeSettings(storage.tables, 'links', { priority: 5 });
    await changeSettings(storage.tables, 'content', { isEnabled: false });
    const asked = { seed: 7, trigger: 'user ann' };
    const result = await startAll({ tables: storage.tables, jobs }, PROGRAMMES, asked);
    expect(result).toEqual({
      started: [
        { programme: 'links', priority: 5, jobId: 'job 1' },
        { programme: 'seo', priority: 0, jobId: 'job 2' },
        { programme: 'campaigns', priority: 0, jobId: 'job 3' },
      ],
      leftOut: ['content'],
    });
    expect(rows[0]).toMatchObject({ name: 'marketing.links', input: { priority: 5, seed: 7 } });
    await startAll({ tables: storage.tables, jobs }, PROGRAMMES, asked);
    expect(rows).toHaveLength(3);
  });

  test('stop: jobs are canceled, the run stays open and goes on where it was', async () => {
    const { jobs, rows } = fakeJobs();
    await startAll({ tables: storage.tables, jobs }, ['seo'], { seed: 1, trigger: 'test' });
    const done: string[] = [];
    const steps = fakeProgramme(done, async (phase) => {
      if (phase === 'plan' && done.length === 1)
        expect(await stopAll({ tables: storage.tables, jobs }, PROGRAMMES)).toEqual({
          canceledJobs: ['job 1'],
          openRuns: 1,
        });
    });
    expect(await runProgramme(steps, context())).toMatchObject({
      phase: 'executing',
      isStopped: true,
    });
    expect(rows[0]?.status).toBe('canceled');
    expect(done).toEqual(['analyse', 'plan']);
    const [seo] = await programmesHealth(storage.tables, ['seo'], now);
    expect(seo?.status).toBe('stopped');

    expect(await runProgramme(steps, context())).toMatchObject({ phase: 'completed' });
    expect(done).toEqual(['analyse', 'plan', 'execute', 'learn']);
    expect(await storage.tables.open(programmeRuns).count()).toBe(1);
  });

  test('a canceled job leaves its run stopped, also when it had hardly begun', async () => {
    const cancel = new AbortController();
    const done: string[] = [];
    const steps = fakeProgramme(done, async () => {
      cancel.abort(new Error('canceled'));
      cancel.signal.throwIfAborted();
    });
    const running = runProgramme(steps, context({ signal: cancel.signal }));
    await expect(running).rejects.toThrow('canceled');
    expect(done).toEqual([]);
    expect(await latestRun(storage.tables, 'seo')).toMatchObject({ isStopped: true, error: null });
  });

  test('one phase at a time', async () => {
    const done: string[] = [];
    const steps = fakeProgramme(done);
    for (const until of ['analysing', 'planning', 'executing', 'learning'] as const)
      await runProgramme(steps, context(), { until });
    expect(done).toEqual(['analyse', 'plan', 'execute', 'learn']);
    expect(await latestRun(storage.tables, 'seo')).toMatchObject({
      phase: 'completed',
      open: null,
    });
  });
});

describe('health', () => {
  const healthOf = async (programme: (typeof PROGRAMMES)[number]) =>
    (await programmesHealth(storage.tables, [programme], now))[0];

  test('names what is missing and what to do', async () => {
    const empty = await programmesHealth(storage.tables, PROGRAMMES, now);
    expect(empty.map(({ status }) => status)).toEqual(Array(4).fill('neverRan'));
    for (const { problems } of empty)
      expect(problems[0]).toEqual({
        problem: expect.stringMatching(/^There are no /),
        fix: expect.stringContaining('samples'),
      });
    await storage.tables.open(keywords).insertMany([{ text: 'a', textNormal: 'a' }]);
    expect((await healthOf('seo'))?.problems).toEqual([]);
  });

  test('mail that does not go out points to the sender', async () => {
    const link = { fromUrl: 'https://a.example/', fromDomain: 'a.example' };
    const own = { toUrl: 'https://own.example/', toDomain: 'own.example' };
    await storage.tables.open(backlinks).insert({ ...link, ...own });
    await storage.tables.open(domains).insert({ name: 'own.example', isOwn: true });
    const mail = { campaign: 'c', email: 'a@a.example', subject: 's', body: 'b' };
    await storage.tables.open(outreachThreads).insert({ ...mail, dueAt: now - 2 * 86_400_000 });
    expect((await healthOf('links'))?.problems).toMatchObject([
      { fix: expect.stringContaining('SMTP credential') },
    ]);
  });

  test('a phase without an end is stuck; a failure tells its reason; a success is remembered', async () => {
    await storage.tables.open(keywords).insertMany([{ text: 'a', textNormal: 'a' }]);
    // What a process that was killed leaves behind.
    const begun = await beginRun(storage.tables, 'seo', { trigger: 'test', priority: 0, now });
    const analysing = await advanceRun(storage.tables, begun, {}, now);
    await advanceRun(storage.tables, analysing, {}, now);
    expect((await healthOf('seo'))?.status).toBe('running');
    now += 16 * MINUTE_MS;
    expect(await healthOf('seo')).toMatchObject({
      status: 'stuck',
      problems: [{ problem: 'It has been planning since 2026-11-21T00:00:00.000Z' }],
    });

    await runProgramme(fakeProgramme([]), context());
    expect(await healthOf('seo')).toMatchObject({ status: 'ok', lastSuccessAt: now, problems: [] });

    now += MINUTE_MS;
    const broken = fakeProgramme([], () => Promise.reject(new Error('no disk')));
    await expect(runProgramme(broken, context())).rejects.toThrow('no disk');
    expect(await healthOf('seo')).toMatchObject({
      status: 'failed',
      lastError: 'no disk',
      lastSuccessAt: now - MINUTE_MS,
      problems: [{ problem: 'The last run failed: no disk' }],
    });
  });
});

describe('dashboard', () => {
  test('of an empty project: nothing is known, nothing is zero that is unknown', async () => {
    const shown = await dashboard(storage.tables, PROGRAMMES, now);
    expect(shown.tiles).toMatchObject({ keywords: 0, seoHealth: null, roi: null });
    expect(shown.campaigns.total).toMatchObject({ roi: null, roiLow: null });
    expect(shown.programmes).toHaveLength(4);
  });

  test('shows what the programmes stored', async () => {
    const { tables } = storage;
    await tables.open(keywords).insertMany([
      { text: 'good', textNormal: 'good', score: 9, isQuickWin: true },
      { text: 'poor', textNormal: 'poor', score: 1 },
    ]);
    await tables.open(trends).insertMany([
      { term: 'up', source: 'rss', stage: 'emerging', relevance: 0.9 },
      { term: 'flat', source: 'rss' },
    ]);
    await tables
      .open(conflicts)
      .insert({ resource: 'url:/', winner: 'a', loser: 'b', reason: 'r' });
    const talk = { contact: 'a', channel: 'chat', skills: [], context: {}, requestedAt: now };
    await tables.open(handoffs).insertMany([{ ...talk, answerBy: now - 1 }, talk]);
    const shown = await dashboard(tables, PROGRAMMES, now);
    expect(shown.tiles).toMatchObject({ keywords: 2, quickWins: 1, emergingTrends: 1 });
    expect(shown.opportunities.map(({ text }) => text)).toEqual(['good', 'poor']);
    expect(shown.trends).toMatchObject([{ term: 'up' }]);
    expect(shown.conflicts).toMatchObject([{ winner: 'a', loser: 'b' }]);
    expect(shown.handoffs).toEqual({ waiting: 2, overdue: 1, claimed: 0 });
    expect(await tables.open(campaignMemories).count()).toBe(0);
  });
});
