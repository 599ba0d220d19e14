import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../../index.ts';
import { seedCampaigns, seedMemories } from '../../seed/campaigns.ts';
import { campaignDays, campaignMemories, campaigns } from '../../tables/campaigns.ts';
import { learnings, leases, plans } from '../../tables/programmes.ts';
import { acquire } from '../leases.ts';
import type { ProgrammeContext } from '../programme.ts';
import { runProgramme } from '../run-programme.ts';
import { latestRun } from '../run-state.ts';
import { changeSettings } from '../settings.ts';
import { campaignOrchestration } from './index.ts';

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
const run = (more: Partial<ProgrammeContext> = {}) =>
  runProgramme(campaignOrchestration, context(more));
const store = () => storage.tables.open(campaigns);
const designed = () => store().find({ where: { status: 'designed' }, orderBy: { id: 'asc' } });

beforeEach(async () => {
  now = START;
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables.open(campaignMemories).insertMany([...seedMemories(2000, 1, START)]);
  const running = [...seedCampaigns(8, 60, 1, START)];
  await store().insertMany(running.map(({ campaign }) => campaign));
  await storage.tables.open(campaignDays).insertMany(running.flatMap(({ days }) => days));
});
afterEach(() => storage.close());

/** Gives a campaign days on which each channel returns `revenue` for 100. */
async function spendDays(campaignId: string, channels: readonly string[], revenue: number) {
  const days = Array.from({ length: 14 }, (_, index) => ({
    day: new Date(now + index * DAY_MS).toISOString().slice(0, 10),
    campaignId,
    spend: 100,
    revenue: revenue * (index % 2 ? 1.1 : 0.9),
    clicks: 100,
    conversions: 3,
  }));
  await storage.tables
    .open(campaignDays)
    .insertMany(channels.flatMap((channel) => days.map((day) => ({ ...day, channel }))));
}

describe('a run on the seed data', () => {
  test('designs three campaigns with predicted return, its interval, targets, budgets and tasks', async () => {
    const { phase, figures } = await run();
    expect(phase).toBe('completed');
    expect(figures).toMatchObject({ memories: 2000, designed: 3 });
    const made = await designed();
    expect(made).toHaveLength(3);
    for (const each of made) {
      expect(each.predictedLow).toBeLessThan(each.predictedRoi ?? -1);
      expect(each.predictedHigh).toBeGreaterThan(each.predictedRoi ?? Infinity);
      expect(each.kpis?.['roiStretch']).toBeGreaterThan(each.kpis?.['roi'] ?? Infinity);
      expect(each.evidence).toHaveLength(10);
      expect(Object.keys(each.dailyBudgets ?? {}).toSorted()).toEqual(each.channels.toSorted());
      const daily = Object.values(each.dailyBudgets ?? {}).reduce((sum, value) => sum + value, 0);
      expect(daily * 28).toBeCloseTo(each.budget, -1);
      expect(each.approvedAt).toBeNull();
    }
    expect(new Set(made.map(({ objective, channels }) => objective + channels)).size).toBe(3);
    const planned = await storage.tables.open(plans).find({ where: { programme: 'campaigns' } });
    expect(planned.map(({ subject }) => subject).toSorted()).toEqual(made.map(({ id }) => id));
    expect(planned[0]?.steps[0]).toMatch(/^2026-11-23: Agree/);
    expect(await storage.tables.open(leases).count()).toBe(0);
  });

  test('prefers what was planted as good', async () => {
    await run();
    for (const { objective } of await designed())
      expect(objective === 'retention' || objective === 'leads' || objective === 'sales').toBe(
        true,
      );
    const patterns = (await storage.tables.open(learnings).find()).map(({ subject }) => subject);
    expect(patterns).toContain('success:objective=retention');
    expect(patterns).toContain('failure:objective=awareness');
    expect(patterns).toContain('success:tone=warm');
    expect(patterns.some((subject) => subject.includes('audience'))).toBe(false);
  });

  test('memories held back return within the predicted interval as often as said', async () => {
    const { figures } = await run();
    expect(figures?.['backTestHeld']).toBeGreaterThanOrEqual(400);
    expect(figures?.['backTestCoverage']).toBeGreaterThan(0.74);
    expect(figures?.['backTestCoverage']).toBeLessThan(0.86);
    expect(figures?.['backTestRankCorrelation']).toBeGreaterThan(0.4);
  });

  test('cut off in any phase, it goes on and designs nothing twice', async () => {
    for (const phase of ['analyse', 'plan', 'execute', 'learn'] as const) {
      const cut = new AbortController();
      const dying = {
        ...campaignOrchestration,
        [phase]: async (given: ProgrammeContext, runId: string) => {
          await campaignOrchestration[phase](given, runId);
          cut.abort(new Error('killed'));
          given.signal.throwIfAborted();
        },
      };
      await expect(runProgramme(dying, context({ signal: cut.signal }))).rejects.toThrow('killed');
      expect((await run()).phase).toBe('completed');
      expect(await designed()).toHaveLength(3);
    }
    const own = await storage.tables.open(campaignMemories).find({
      where: { source: { like: 'campaign %' } },
    });
    expect(own.map(({ source }) => source).toSorted()).toEqual([
      'campaign seed-campaign-0',
      'campaign seed-campaign-4',
    ]);
  });

  test('a project without data designs nothing and says so', async () => {
    await storage.tables.open(campaignMemories).remove({});
    await storage.tables.open(campaigns).remove({});
    const { phase, figures } = await run();
    expect(phase).toBe('completed');
    expect(figures).toMatchObject({ memories: 0, designed: 0, watched: 0 });
    expect(figures).not.toHaveProperty('backTestCoverage');
  });
});

describe('execution', () => {
  test('nothing starts without a yes; an approved campaign starts on its day', async () => {
    await run();
    now += 20 * DAY_MS;
    expect(await campaignOrchestration.execute(context(), '')).toMatchObject({
      started: 0,
      approvedBySetting: 0,
    });

    const [first] = await designed();
    await store().update({ id: first?.id ?? '' }, { approvedAt: now, approvedBy: 'ann' });
    expect(await campaignOrchestration.execute(context(), '')).toMatchObject({ started: 1 });
    const started = await store().findOne({ id: first?.id ?? '' });
    expect(started).toMatchObject({ status: 'running', startsAt: now });
    // Approved late, it still runs its 28 days.
    expect(started?.endsAt).toBe(now + 28 * DAY_MS);
  });

  test('a setting says yes to designs that can reach the wanted return, and to no others', async () => {
    await changeSettings(storage.tables, 'campaigns', {
      settings: { autoApprove: true, wantedRoi: 0.5 },
    });
    expect((await run()).figures).toMatchObject({ feasible: 3, approvedBySetting: 3 });
    await changeSettings(storage.tables, 'campaigns', { settings: { wantedRoi: 500 } });
    expect((await run()).figures).toMatchObject({ feasible: 0, approvedBySetting: 0 });
  });

  test('budgets move towards what returns more, by a fifth at most, once a day', async () => {
    await run();
    const [one] = await store().find({ where: { status: 'running' }, limit: 1 });
    const before = one?.dailyBudgets ?? {};
    expect(before['email']).toBeGreaterThan(before['social'] ?? Infinity);
    expect((await run()).figures?.['budgetsMoved']).toBe(0);
    now += DAY_MS;
    expect((await run()).figures?.['budgetsMoved']).toBeGreaterThan(0);
    const after = (await store().findOne({ id: one?.id ?? '' }))?.dailyBudgets ?? {};
    for (const [channel, budget] of Object.entries(before))
      expect(Math.abs((after[channel] ?? 0) / budget - 1)).toBeLessThanOrEqual(0.2 + 1e-4);
  });

  test('pauses what surely loses, with the reason, unless told not to', async () => {
    const bad = { name: 'Bad', objective: 'sales', channels: ['social'], budget: 5000 };
    await store().insertMany([{ ...bad, id: 'bad', status: 'running' }]);
    await spendDays('bad', ['social'], 40);
    await changeSettings(storage.tables, 'campaigns', { settings: { pauseLosers: false } });
    expect((await run()).figures?.['paused']).toBe(0);
    await changeSettings(storage.tables, 'campaigns', { settings: { pauseLosers: true } });
    expect((await run()).figures?.['paused']).toBe(1);
    expect(await store().findOne({ id: 'bad' })).toMatchObject({
      status: 'paused',
      statusReason: expect.stringMatching(/it loses money: return -6\d % to -5\d %/),
    });
  });

  test('a campaign whose budget another holds is left to it', async () => {
    const claim = { resource: 'budget:seed-campaign-1', holder: 'other', priority: 9 };
    await acquire(storage.tables, [{ ...claim, programme: 'content' }], now);
    expect((await run()).figures).toMatchObject({ watched: 5, leftToOthers: 1 });
    expect((await store().findOne({ id: 'seed-campaign-1' }))?.budgetsMovedOn).toBeNull();
  });
});

describe('learning', () => {
  /** Approves what was designed, lets it run and end with this revenue for every 100. */
  async function bringBack(revenue: number) {
    const made = await designed();
    await store().update({ status: 'designed' }, { approvedAt: now, approvedBy: 'ann' });
    now += 20 * DAY_MS;
    await campaignOrchestration.execute(context(), '');
    for (const { id, channels } of made) await spendDays(id, channels, revenue);
    now += 40 * DAY_MS;
    return made;
  }

  test('finished campaigns become memories once, with what came against what was predicted', async () => {
    await run();
    const made = await bringBack(50);
    const { figures } = await run();
    expect(figures).toMatchObject({ predicted: 3, outcomes: 3, withinPrediction: 0 });
    const own = await storage.tables.open(campaignMemories).find({
      where: { source: { in: made.map(({ id }) => `campaign ${id}`) } },
    });
    expect(own).toHaveLength(3);
    for (const { roi } of own) expect(roi).toBeCloseTo(-0.5, 6);
    expect((await run()).figures).toMatchObject({ outcomes: 0, remembered: 0 });
  });

  test('outcomes change the next plan', async () => {
    await run();
    const made = await bringBack(10);
    await run();
    await run();
    const next = await designed();
    const mixes = (rows: readonly { channels: readonly string[] }[]) =>
      rows.map(({ channels }) => channels.join('+'));
    expect(mixes(next)).not.toEqual(mixes(made));
    const failed = new Set(mixes(made));
    const again = next.filter(({ channels }) => failed.has(channels.join('+')));
    const before = Math.max(...made.map(({ predictedRoi }) => predictedRoi ?? 0));
    for (const { predictedRoi } of again) expect(predictedRoi).toBeLessThan(before);
    const learned = await storage.tables.open(learnings).find({
      where: { metric: 'returnRatio' },
    });
    expect(learned.length).toBeGreaterThan(0);
    for (const { mean } of learned) expect(mean).toBeLessThan(1);
    const latest = await latestRun(storage.tables, 'campaigns');
    expect(latest?.phase).toBe('completed');
  });
});
