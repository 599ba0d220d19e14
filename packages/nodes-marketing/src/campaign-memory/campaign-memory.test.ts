import { describe, expect, test } from 'vitest';
import { seedMemories } from '../seed/campaigns.ts';
import { learnCampaigns, type CampaignMemory } from '../stats/campaigns/memory.ts';
import { createRandom } from '../stats/math/random.ts';
import { backTest } from './back-test.ts';
import { bandOf, channelsOf, kindOf, mixOf, traitsOf } from './campaign-kind.ts';
import { learnKinds } from './learn-kinds.ts';
import { rankCorrelation } from './rank-correlation.ts';

const NOW = Date.UTC(2026, 10, 21);
const memories = (count: number, seed: number) =>
  [...seedMemories(count, seed, NOW)].map((row, index) => ({
    id: String(index),
    path: kindOf({ ...row, tone: row.tone ?? null }),
    roi: row.roi,
    endedAt: row.endedAt ?? null,
  }));

test('a kind is a path and back', () => {
  const traits = {
    objective: 'leads',
    industry: 'food',
    channels: mixOf(['search', 'email', 'search']),
    budgetBand: bandOf(30_000),
    tone: null,
  };
  expect(kindOf(traits)).toEqual(['leads', 'food', 'email+search', 'large', '']);
  expect(traitsOf(kindOf(traits))).toEqual(traits);
  expect(channelsOf(traits.channels)).toEqual(['email', 'search']);
  expect([bandOf(4999), bandOf(5000), bandOf(0)]).toEqual(['small', 'medium', 'small']);
});

describe('rank correlation', () => {
  test.each([
    ['same order', [1, 2, 3], [10, 20, 90], 1],
    ['opposite order', [1, 2, 3], [3, 2, 1], -1],
    // By hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
    ['ties share their ranks', [1, 2, 2, 3], [1, 3, 2, 4], 4.5 / Math.sqrt(4.5 * 5)],
  ])('%s', (_, x, y, expected) => {
    expect(rankCorrelation(x, y)).toBeCloseTo(expected, 12);
  });

  test('all equal, or too few, say nothing', () => {
    expect(rankCorrelation([1, 1], [1, 2])).toBeUndefined();
    expect(rankCorrelation([1], [1])).toBeUndefined();
    expect(rankCorrelation([], [])).toBeUndefined();
  });
});

describe('learning kinds', () => {
  /** The second level decides, the first does not; few of each. */
  function planted(seed: number): CampaignMemory[] {
    const random = createRandom(seed);
    return Array.from({ length: 300 }, (_, index) => {
      const path = [`place ${random.below(30)}`, ['mail', 'ads'][index % 2] ?? ''];
      const gain = path[1] === 'mail' ? 0.8 : -0.2;
      return { id: String(index), path, roi: Math.exp(gain + 0.6 * random.normal()) - 1 };
    });
  }

  test('paths keep their own order', () => {
    const model = learnKinds(planted(1));
    expect(model.segments.every(([place, by]) => place?.startsWith('place') && by !== '')).toBe(
      true,
    );
    expect(model.belief(['place 1', 'mail']).mean).toBeGreaterThan(
      model.belief(['place 1', 'ads']).mean,
    );
  });

  test('what tells campaigns apart counts first: beliefs lie nearer to the truth', () => {
    let [ordered, plain] = [0, 0];
    for (let seed = 1; seed <= 10; seed += 1) {
      const [smart, as] = [learnKinds(planted(seed)), learnCampaigns(planted(seed))];
      for (const [by, truth] of [['mail', 0.8] as const, ['ads', -0.2] as const])
        for (let place = 0; place < 30; place += 1) {
          ordered += (smart.belief([`place ${place}`, by]).mean - truth) ** 2;
          plain += (as.belief([`place ${place}`, by]).mean - truth) ** 2;
        }
    }
    expect(ordered).toBeLessThan(plain / 2);
  });

  test('nothing learned from nothing', () => {
    expect(learnKinds([]).segments).toEqual([]);
    expect(learnKinds([]).belief(['a']).mean).toBe(0);
  });
});

describe('back-test', () => {
  test('predicts four of five held campaigns within the interval, and ranks them', () => {
    const tests = [1, 2, 3, 4, 5].map((seed) => backTest(memories(2000, seed), seed));
    const mean = (pick: (of: NonNullable<(typeof tests)[number]>) => number) =>
      tests.reduce((sum, each) => sum + (each ? pick(each) : NaN), 0) / tests.length;
    expect(mean(({ held }) => held)).toBe(400);
    expect(mean(({ coverage }) => coverage)).toBeGreaterThan(0.77);
    expect(mean(({ coverage }) => coverage)).toBeLessThan(0.83);
    expect(mean((each) => each.rankCorrelation ?? 0)).toBeGreaterThan(0.5);
  });

  test('shuffled returns cannot be ranked', () => {
    const shuffled = createRandom(1).shuffle(memories(2000, 1).map(({ roi }) => roi));
    const nonsense = memories(2000, 1).map((each, index) => ({
      ...each,
      roi: shuffled[index] ?? 0,
    }));
    expect(Math.abs(backTest(nonsense, 1)?.rankCorrelation ?? 0)).toBeLessThan(0.15);
  });

  test('memories without dates are drawn, the same for the same seed', () => {
    const undated = memories(500, 1).map((each) => ({ ...each, endedAt: null }));
    expect(backTest(undated, 7)).toEqual(backTest(undated, 7));
    expect(backTest(undated.slice(0, 20), 7)).toBeUndefined();
  });
});
