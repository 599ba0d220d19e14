import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodesMarketing } from '../../index.ts';
import { seedKeywords } from '../../seed/keywords.ts';
import { content } from '../../tables/content.ts';
import { keywords } from '../../tables/keywords.ts';
import { conflicts, learnings, leases, plans, programmeRuns } from '../../tables/programmes.ts';
import { acquire } from '../leases.ts';
import type { ProgrammeContext } from '../programme.ts';
import { runProgramme } from '../run-programme.ts';
import { latestRun } from '../run-state.ts';
import { seo } from './index.ts';

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
  await storage.tables.open(keywords).insertMany([...seedKeywords(2300, 1)]);
});
afterEach(() => storage.close());

const allPlans = () =>
  storage.tables.open(plans).find({ orderBy: { priority: 'desc', id: 'asc' } });

describe('a run on the seed data', () => {
  test('finds quick wins, plans the top hundred keywords and writes briefs', async () => {
    const run = await runProgramme(seo, context());

    expect(run).toMatchObject({ phase: 'completed', open: null, progress: 1 });
    expect(run.figures?.['quickWins']).toBeGreaterThanOrEqual(50);
    expect(run.figures?.['plans']).toBe(100);
    const made = await allPlans();
    expect(made).toHaveLength(100);
    expect(made[0]?.priority).toBeGreaterThan(made[99]?.priority ?? Infinity);
    const briefs = await storage.tables.open(content).find({ where: { kind: 'brief' } });
    expect(briefs).toHaveLength(20);
    expect(briefs[0]?.body).toContain('## Steps');
    expect(await storage.tables.open(leases).count()).toBe(0);
  });

  test('an analysis leaves what is known of a keyword as it was', async () => {
    const store = storage.tables.open(keywords);
    const [before] = await store.find({ limit: 1, orderBy: { id: 'asc' } });
    await runProgramme(seo, context());
    const after = await store.findOne({ id: before?.id ?? '' });
    expect(after).toMatchObject({
      text: before?.text,
      volume: before?.volume,
      textNormal: before?.textNormal,
    });
    expect(after?.score).not.toBeNull();
  });

  test('the same keyword of two markets stays two, each with its own score', async () => {
    const store = storage.tables.open(keywords);
    const facts = { text: 'same', textNormal: 'same', difficulty: 5 };
    await store.insertMany([
      { ...facts, market: 'us', volume: 900 },
      { ...facts, market: '', volume: 100 },
    ]);
    await seo.analyse(context());
    const both = await store.find({ where: { textNormal: 'same' }, orderBy: { market: 'asc' } });
    expect(both.map(({ market }) => market)).toEqual(['', 'us']);
    expect(both[1]?.score).toBeGreaterThan(both[0]?.score ?? Infinity);
  });

  test('goes on with the phase it was cut off in, and does nothing twice', async () => {
    const cut = new AbortController();
    const dying = {
      ...seo,
      execute: async (given: ProgrammeContext, runId: string) => {
        await seo.execute(given, runId);
        cut.abort(new Error('killed'));
        given.signal.throwIfAborted();
        return {};
      },
    };
    await expect(runProgramme(dying, context({ signal: cut.signal }))).rejects.toThrow('killed');
    expect((await latestRun(storage.tables, 'seo'))?.phase).toBe('executing');

    const run = await runProgramme(seo, context());
    expect(run.phase).toBe('completed');
    expect(await storage.tables.open(programmeRuns).count()).toBe(1);
    const titles = (await storage.tables.open(content).find()).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('only one works on a run at a time; the second is told who does', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = {
      ...seo,
      analyse: async (given: ProgrammeContext) => {
        begun.resolve();
        await gate.promise;
        return seo.analyse(given);
      },
    };
    const first = runProgramme(slow, context(), { holder: 'job 1' });
    await begun.promise;
    const second = runProgramme(seo, context(), { holder: 'execution 2' });
    await expect(second).rejects.toMatchObject({
      code: 'RESOURCE_CONFLICT',
      message: 'The programme "seo" is being run by job 1',
      fix: expect.stringContaining('Wait until that has ended'),
    });
    gate.resolve();
    expect((await first).phase).toBe('completed');
    expect(await storage.tables.open(programmeRuns).count()).toBe(1);
    expect((await runProgramme(seo, context())).phase).toBe('completed');
  });

  test('a run whose holder died is free after a while, and at once for the same holder', async () => {
    const stays = { expiresAt: now + 90_000, fence: 7, isExecuting: true, priority: 0 };
    const left = { resource: 'run:seo', holder: 'job 1', programme: 'seo' as const, ...stays };
    const store = storage.tables.open(leases);
    await store.insert(left);
    await expect(runProgramme(seo, context(), { holder: 'job 2' })).rejects.toThrow('by job 1');
    expect((await runProgramme(seo, context(), { holder: 'job 1' })).phase).toBe('completed');
    await store.insert(left);
    now += 90_000;
    expect((await runProgramme(seo, context(), { holder: 'job 2' })).phase).toBe('completed');
  });

  test('who lost a run to another leaves it as it is', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lost = {
      ...seo,
      analyse: async ({ signal }: ProgrammeContext) => {
        await storage.tables.open(leases).update({ resource: 'run:seo' }, { fence: 2 });
        const told = new Promise((resolve) => signal.addEventListener('abort', resolve));
        await vi.advanceTimersByTimeAsync(20_000);
        await told;
        signal.throwIfAborted();
        return {};
      },
    };
    await expect(runProgramme(lost, context(), { holder: 'job 1' })).rejects.toMatchObject({
      code: 'RESOURCE_CONFLICT',
    });
    vi.useRealTimers();
    expect(await latestRun(storage.tables, 'seo')).toMatchObject({
      phase: 'analysing',
      isStopped: false,
      error: null,
    });
    expect(await storage.tables.open(leases).count({ resource: 'run:seo' })).toBe(1);
  });

  test('a phase that fails ends the run with the reason', async () => {
    const broken = { ...seo, plan: () => Promise.reject(new Error('no plan today')) };
    await expect(runProgramme(broken, context())).rejects.toThrow('no plan today');
    expect(await latestRun(storage.tables, 'seo')).toMatchObject({
      phase: 'failed',
      error: 'no plan today',
      open: null,
    });
  });

  test('a keyword another programme works on is left to it', async () => {
    await seo.analyse(context());
    const [best] = await storage.tables
      .open(keywords)
      .find({ orderBy: { score: 'desc' }, limit: 1 });
    const claim = {
      resource: `keyword:${best?.id}`,
      holder: 'other',
      programme: 'content' as const,
    };
    await acquire(storage.tables, [{ ...claim, priority: 9 }], now);

    const run = await runProgramme(seo, context());
    expect(run.figures).toMatchObject({ plans: 99, plansLeftToOthers: 1 });
    expect((await allPlans()).map(({ subject }) => subject)).not.toContain(best?.id);
  });

  test('what is being worked on is not taken over, whatever the priority', async () => {
    const taken: unknown[] = [];
    const watched = {
      ...seo,
      execute: async (given: ProgrammeContext, runId: string) => {
        const [plan] = await allPlans();
        const claim = { holder: 'other', programme: 'content' as const, priority: 9 };
        const resource = `keyword:${plan?.subject}`;
        taken.push(...(await acquire(storage.tables, [{ ...claim, resource }], now)));
        return seo.execute(given, runId);
      },
    };
    await runProgramme(watched, context());
    expect(taken).toEqual([]);
    expect(await storage.tables.open(conflicts).find()).toMatchObject([
      { loser: 'other', reason: 'it is being worked on' },
    ]);
  });
});

describe('learning', () => {
  test('outcomes change the next plan', async () => {
    await runProgramme(seo, context());
    const first = await allPlans();
    const kinds = new Set(first.map(({ kind }) => kind));
    expect(kinds).toContain('update');

    // Updates of pages brought nothing; everything else brought twice what was expected.
    const store = storage.tables.open(plans);
    await store.update({ kind: 'update' }, { outcome: 0, status: 'done' });
    await store.update({ kind: { not: 'update' } }, { outcome: 2, status: 'done' });
    await storage.tables.open(keywords).update({}, { status: 'new' });
    now += 40 * DAY_MS;
    const run = await runProgramme(seo, context());

    expect(run.figures?.['outcomes']).toBe(100);
    const [update] = await storage.tables
      .open(learnings)
      .find({ where: { subject: 'action:update' } });
    expect(update?.mean).toBeLessThan(0.5);

    await storage.tables.open(keywords).update({}, { status: 'new' });
    await runProgramme(seo, context());
    const second = await storage.tables
      .open(plans)
      .find({ where: { runId: (await latestRun(storage.tables, 'seo'))?.id ?? '' } });
    const share = (rows: readonly { kind: string }[]) =>
      rows.filter(({ kind }) => kind === 'update').length / rows.length;
    expect(share(second)).toBeLessThan(share(first));
    expect(second.find(({ kind }) => kind === 'update')?.learningIds ?? [update?.id]).toContain(
      update?.id,
    );
  });

  test('ranks that rose as wanted after four weeks count as 1', async () => {
    await runProgramme(seo, context());
    const executing = await storage.tables.open(plans).find({ where: { status: 'executing' } });
    for (const { subject, details } of executing) {
      const position = Number(details?.['targetPosition']);
      await storage.tables.open(keywords).update({ id: subject }, { position });
    }
    now = Date.now() + 29 * DAY_MS;
    await seo.learn(context(), '');
    const done = await storage.tables.open(plans).find({ where: { status: 'done' } });
    expect(done).toHaveLength(executing.length);
    for (const { outcome } of done) expect(outcome).toBeCloseTo(1, 6);
  });

  test('a plan that waited long for its turn gets its four weeks all the same', async () => {
    await runProgramme(seo, context());
    const store = storage.tables.open(plans);
    await store.update({}, { createdAt: Date.now() - 60 * DAY_MS });
    now = Date.now();
    expect(await seo.learn(context(), '')).toMatchObject({ outcomes: 0 });
    now += 29 * DAY_MS;
    expect(await seo.learn(context(), '')).toMatchObject({ outcomes: 20 });
  });
});
