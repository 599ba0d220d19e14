import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { createRandom } from '../stats/math/random.ts';
import { learnedModels } from '../tables/learned-models.ts';
import predictorNode from './predictor.node.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, items: readonly JsonObject[]) =>
  runMarketingNode({
    node: predictorNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables },
  });

/** Posts: short ones of the morning do well; `hashtags` says nothing. */
function posts(count: number, { from = 0, strength = 1.5, seed = 3 } = {}): JsonObject[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const words = 20 + random.below(200);
    const slot = ['morning', 'noon', 'night'][random.below(3)] ?? '';
    const odds = strength * ((120 - words) / 50 + (slot === 'morning' ? 1 : -0.5));
    const isGood = random.next() < 1 / (1 + Math.exp(-odds));
    return {
      id: `p${from + index}`,
      at: new Date(START + (from + index) * DAY_MS).toISOString(),
      words,
      slot,
      hashtags: random.below(9),
      outcome: isGood ? 'won' : 'lost',
    };
  });
}

const chanceOf = (row: JsonObject | undefined) => Number(Object(row?.['prediction']).chance);

describe('a predictor', () => {
  test('finds what was planted, says so, and foresees later posts', async () => {
    const [report] = await run({}, posts(800));
    expect(report).toMatchObject({
      isDeployable: true,
      trainedOn: 480,
      testedOn: 160,
      warnings: [],
    });
    expect(report?.['explain']).toMatch(/^Learned from 480 outcomes.*Fit for use/);

    const [short, long] = await run({ operation: 'explain' }, [
      { words: 30, slot: 'morning', hashtags: 3 },
      { words: 210, slot: 'night', hashtags: 3 },
    ]);
    expect(chanceOf(short)).toBeGreaterThan(0.8);
    expect(chanceOf(long)).toBeLessThan(0.2);
    expect(Object(short?.['prediction']).explain).toMatch(/^(words|slot=\w+) speaks for it/);

    const [judged] = await run({ operation: 'evaluate' }, posts(300, { from: 800, seed: 9 }));
    expect(judged).toMatchObject({ isDeployable: true, testedOn: 300, leftOut: 0 });
  });

  test('what was kept predicts as what was learned: the same at each run, unknown facts allowed', async () => {
    await run({}, posts(400));
    const items = [{ words: 100, slot: 'noon', hashtags: 1 }, {}, { words: null, slot: 'dusk' }];
    const first = await run({ operation: 'predict' }, items);
    expect(await run({ operation: 'predict' }, items)).toEqual(first);
    for (const row of first) {
      expect(chanceOf(row)).toBeGreaterThan(0);
      expect(chanceOf(row)).toBeLessThan(1);
    }
  });

  test('is refused where nothing can be foreseen, unless one insists', async () => {
    const [report] = await run({}, posts(600, { strength: 0 }));
    expect(report).toMatchObject({ isDeployable: false });
    expect(report?.['explain']).toContain('Not fit for use');
    await expect(run({ operation: 'predict' }, [{}])).rejects.toThrow('does not foresee anything');
    expect(await run({ operation: 'predict', useAnyway: true }, [{}])).toHaveLength(1);
  });

  test('is judged only on what began after all it has seen', async () => {
    const seen = posts(400);
    await run({}, seen);
    await expect(run({ operation: 'evaluate' }, seen)).rejects.toThrow(
      '0 of 400 items began after',
    );
    const [mixed] = await run({ operation: 'evaluate' }, [
      ...seen,
      ...posts(100, { from: 400, seed: 5 }),
    ]);
    expect(mixed).toMatchObject({ testedOn: 100, leftOut: 400 });
  });

  test('names and drops what was written down after the end', async () => {
    const leaking = posts(500).map((row) => ({
      ...row,
      views: row['outcome'] === 'won' ? 5000 : 100,
    }));
    const [report] = await run({}, leaking);
    expect(report).toMatchObject({ warnings: [{ fact: 'views' }] });
    expect(Object(report?.['auc']).value).toBeLessThan(0.98);
    const [kept] = await run({ keep: 'views' }, leaking);
    expect(Object(kept?.['auc']).value).toBeGreaterThan(0.99);
  });

  test('takes unknown ends for no loss', async () => {
    const open = posts(40, { from: 500 }).map((row) => ({ ...row, outcome: null }));
    const [report] = await run({}, [...posts(500), ...open]);
    expect(report).toMatchObject({ withoutOutcome: 40, trainedOn: 300 });
  });

  test('trained again replaces, and names are told apart', async () => {
    await run({ model: 'a' }, posts(300));
    await run({ model: 'b' }, posts(300));
    await run({ model: 'a' }, posts(500));
    const rows = await storage.tables.open(learnedModels).find({ orderBy: { name: 'asc' } });
    expect(rows.map(({ name, report }) => [name, report.trainedOn])).toEqual([
      ['a', 300],
      ['b', 180],
    ]);
  });

  test('a model of another form is not read', async () => {
    await run({}, posts(300));
    await storage.tables.open(learnedModels).update({ name: 'default' }, { format: 99 });
    await expect(run({ operation: 'predict' }, [{}])).rejects.toThrow('another version');
  });

  test.each([
    ['no model', { operation: 'predict' }, [{}], 'There is no model "default"'],
    ['too few', {}, posts(50), '50 outcomes are too few'],
    ['all alike', {}, posts(200).map((row) => ({ ...row, outcome: 'won' })), 'ended alike'],
    ['no outcome', { outcomeField: 'end' }, posts(200), 'No item has the outcome "end"'],
    ['no time', {}, [{ outcome: 'won' }], 'Item 0 has no "at"'],
    ['a strange end', {}, [{ at: 1, outcome: 'perhaps' }], 'neither yes nor no'],
  ])('%s is refused', async (_, parameters, items, message) => {
    await expect(run(parameters, items)).rejects.toThrow(message);
  });
});
