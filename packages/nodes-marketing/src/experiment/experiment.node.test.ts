import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { createRandom } from '../stats/math/random.ts';
import { experiments, exposures } from '../tables/experiments.ts';
import experimentNode from './experiment.node.ts';

const NOW = Date.UTC(2026, 10, 21);
const HOUR_MS = 3_600_000;

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, items: readonly JsonObject[] = [{}], now = NOW) =>
  runMarketingNode({
    node: experimentNode,
    parameters: { experiment: 'subject', ...parameters },
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => now },
  });

const people = (count: number, from = 0): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ id: `lead-${from + index}` }));
const armOf = (row: JsonObject | undefined): string => Object(row?.['experiment']).arm;
const arms = (...list: JsonObject[]) => ({ arms: { arms: list } });

/** Exposes people and lets those of each arm convert at its rate. */
async function live(count: number, rates: Readonly<Record<string, number>>, seed = 4) {
  const random = createRandom(seed);
  const seen = await run({ operation: 'expose' }, people(count));
  const done = seen.filter((row) => random.next() < (rates[armOf(row)] ?? 0));
  await run({ operation: 'convert' }, done, NOW + HOUR_MS);
}

describe('people', () => {
  test('get the same arm at every visit, half of them each', async () => {
    const first = await run({ operation: 'assign' }, people(2000));
    expect((await run({ operation: 'assign' }, people(2000))).map(armOf)).toEqual(first.map(armOf));
    const treated = first.filter((row) => armOf(row) === 'treatment').length;
    expect(Math.abs(treated - 1000)).toBeLessThan(100);
    expect(await storage.tables.open(exposures).count()).toBe(0);
  });

  test('of two experiments are divided anew', async () => {
    const one = (await run({ operation: 'assign' }, people(2000))).map(armOf);
    const two = (await run({ operation: 'assign', experiment: 'other' }, people(2000))).map(armOf);
    const same = one.filter((arm, index) => arm === two[index]).length;
    expect(Math.abs(same - 1000)).toBeLessThan(120);
  });

  test('are counted once, however often they come', async () => {
    const [first, again] = await run({ operation: 'expose' }, [{ id: 'a' }, { id: 'a' }]);
    expect([first, again].map((row) => Object(row?.['experiment']).isNew)).toEqual([true, false]);
    await run({ operation: 'expose' }, [{ id: 'a' }]);
    expect(await storage.tables.open(exposures).count()).toBe(1);
  });

  test('at once in two executions are counted once', async () => {
    await Promise.all([1, 2, 3].map(() => run({ operation: 'expose' }, people(200))));
    expect(await storage.tables.open(exposures).count()).toBe(200);
  });

  test('convert once, after they saw an arm', async () => {
    await run({ operation: 'expose' }, [{ id: 'a' }, { id: 'b' }]);
    const told = await run({ operation: 'convert', timeField: 'at' }, [
      { id: 'a', at: NOW + 1 },
      { id: 'a', at: NOW + 2 },
      { id: 'b', at: NOW - 1 },
      { id: 'c', at: NOW + 1 },
    ]);
    expect(told.map((row) => Object(row['experiment']).explain)).toEqual([
      'Counted',
      'Was counted before',
      'Did it before the arm was seen',
      'Saw no arm of this experiment',
    ]);
    expect(await storage.tables.open(exposures).count({ isConverted: true })).toBe(1);
  });
});

describe('a decision', () => {
  test('finds the planted winner, keeps it, and gives it to who comes later', async () => {
    await live(8000, { control: 0.1, treatment: 0.14 });
    const [report] = await run({ operation: 'decide' });
    expect(report).toMatchObject({ verdict: 'winner', winner: 'treatment', isDecided: true });
    expect(report?.['explain']).toMatch(/^Decided: "treatment" is better by \d\.\d\d points/);
    const late = await run({ operation: 'expose' }, people(50, 9000));
    expect(new Set(late.map(armOf))).toEqual(new Set(['treatment']));
    expect(await storage.tables.open(exposures).count()).toBe(8000);
    const [again] = await run({ operation: 'decide' }, [{}], NOW + HOUR_MS);
    expect(again).toMatchObject({ winner: 'treatment' });
    expect(await storage.tables.open(experiments).findOne({ name: 'subject' })).toMatchObject({
      decidedAt: NOW,
    });
  });

  test('is open without a difference, and analysing keeps nothing', async () => {
    await live(3000, { control: 0.1, treatment: 0.1 });
    expect(await run({ operation: 'decide' })).toMatchObject([
      { verdict: 'open', winner: null, isDecided: false },
    ]);
    await run({ operation: 'analyse', test: 'fixed', trialsPerArm: 1000 });
    expect(await storage.tables.open(experiments).findOne({ name: 'subject' })).toMatchObject({
      decidedAt: null,
    });
  });

  test('by a fixed size keeps the control when nothing was found', async () => {
    await live(3000, { control: 0.1, treatment: 0.1 });
    const decide = { operation: 'decide', test: 'fixed', trialsPerArm: 1400 };
    expect(await run(decide)).toMatchObject([
      { verdict: 'noDifference', winner: 'control', isDecided: true },
    ]);
  });

  test('is never made while the arms are not as large as planned', async () => {
    await live(8000, { control: 0.1, treatment: 0.2 });
    const lost = await storage.tables
      .open(exposures)
      .find({ where: { arm: 'control' }, limit: 500 });
    await storage.tables.open(exposures).remove({ unit: { in: lost.map(({ unit }) => unit) } });
    const [report] = await run({ operation: 'decide' });
    expect(report).toMatchObject({ verdict: 'open', winner: null, ratio: { verdict: 'block' } });
    expect(report?.['explain']).toContain('assignment or counting is broken');
  });

  test('rests on items as well', async () => {
    const counts = [
      { arm: 'control', trials: 5000, successes: 500 },
      { arm: 'treatment', trials: 2500, successes: 330 },
      { arm: 'treatment', trials: 2500, successes: 330 },
    ];
    expect(await run({ operation: 'analyse', source: 'items' }, counts)).toMatchObject([
      { verdict: 'winner', winner: 'treatment', isDecided: false },
    ]);
    expect(await storage.tables.open(experiments).count()).toBe(0);
  });
});

describe('is refused', () => {
  test('other arms than it began with', async () => {
    await run({ operation: 'expose' }, people(3));
    const changed = arms({ name: 'control', share: 1 }, { name: 'treatment', share: 3 });
    await expect(run({ operation: 'expose', ...changed }, people(3))).rejects.toThrow(
      'began with other arms: control 1, treatment 1',
    );
  });

  test.each([
    ['one arm', arms({ name: 'a', share: 1 }), [{ id: 1 }], 'at least two arms'],
    [
      'equal names',
      arms({ name: 'a', share: 1 }, { name: ' a', share: 1 }),
      [{ id: 1 }],
      'Two arms are called "a"',
    ],
    [
      'no share',
      arms({ name: 'a', share: 1 }, { name: 'b', share: 0 }),
      [{ id: 1 }],
      'The share of "b" is 0',
    ],
    ['nobody', { operation: 'expose' }, [{}], 'Item 0 has no "id"'],
    [
      'an unknown arm',
      { operation: 'analyse', source: 'items' },
      [{ arm: 'x', trials: 1, successes: 1 }],
      'the arm "x"',
    ],
    [
      'more successes than trials',
      { operation: 'analyse', source: 'items' },
      [{ arm: 'control', trials: 1, successes: 2 }],
      '2 successes of 1 trials',
    ],
    ['an alpha of 1', { operation: 'analyse', alpha: 1 }, [{}], '"False Winners Allowed" is 1'],
  ])('%s', async (_, parameters, items, message) => {
    await expect(run(parameters, items)).rejects.toThrow(message);
  });
});
