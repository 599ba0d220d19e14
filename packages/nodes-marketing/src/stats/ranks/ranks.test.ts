import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { byDay, type DatedLook } from './day-series.ts';
import { rankSumP, testRankChanges, type RankLook } from './rank-change.ts';
import { seoHealth } from './seo-health.ts';

const at = (position: number): RankLook => ({ state: 'found', position });
const gone: RankLook = { state: 'notFound', depth: 100 };

const dated = (keyword: string, looks: readonly RankLook[]): DatedLook[] =>
  looks.map((look, index) => ({
    keyword,
    day: `2026-03-${String(index + 1).padStart(2, '0')}`,
    state: look.state,
    position: look.state === 'found' ? look.position : null,
  }));

function around(position: number, seed: number): RankLook[] {
  const random = createRandom(seed);
  return Array.from({ length: 7 }, () => at(Math.max(1, Math.round(position + random.normal()))));
}

describe('rank changes', () => {
  const still = Array.from({ length: 60 }, (_, index) => ({
    keyword: `still ${index}`,
    looks: [...around(12, index), ...around(12, index + 100)],
  }));
  const moved = [
    { keyword: 'fell', looks: [...around(5, 201), ...around(15, 202)] },
    { keyword: 'rose', looks: [...around(18, 203), ...around(6, 204)] },
  ];

  test('tells what moved and keeps quiet about what trembled', () => {
    const changes = testRankChanges([...still, ...moved]);
    expect(changes.map(({ keyword }) => keyword).toSorted()).toEqual(['fell', 'rose']);
    expect(changes.find(({ keyword }) => keyword === 'rose')?.change).toBeLessThan(0);
  });

  test('failed looks are no ranks', () => {
    const failed = { state: 'failed' } as const;
    const looks = [...around(8, 1), failed, failed, at(8), at(8), at(7), failed, at(8)];
    expect(testRankChanges([{ keyword: 'k', looks }])).toEqual([]);
  });

  test.each([1, 4])(
    'on %i days on which most keywords vanish the scraper broke, and no keyword is blamed then or later',
    (days) => {
      const broken = still.flatMap(({ keyword, looks }) =>
        dated(keyword, [
          ...looks.slice(0, 10 - days),
          ...Array.from({ length: days }, () => gone),
          ...looks.slice(10),
        ]),
      );
      const { series, broken: found, lastDay } = byDay(broken, 14);
      expect(found).toHaveLength(days);
      expect(found.every(({ day, lostShare }) => day < lastDay && lostShare === 1)).toBe(true);
      expect(testRankChanges(series)).toEqual([]);
    },
  );

  test('one keyword that is gone for a week is told', () => {
    const lost = {
      keyword: 'lost',
      looks: [...around(8, 1), ...Array.from({ length: 7 }, () => gone)],
    };
    expect(testRankChanges([...still, lost])).toMatchObject([{ keyword: 'lost', after: 101 }]);
  });
});

test('the rank sum test is exact for small samples', () => {
  expect(rankSumP([1, 2, 3], [4, 5, 6])).toBeCloseTo(2 / 20, 10);
  expect(rankSumP([1, 2, 3, 4], [5, 6, 7, 8])).toBeCloseTo(2 / 70, 10);
  expect(rankSumP([5, 5, 5], [5, 5, 5])).toBe(1);
});

describe('health', () => {
  test('full marks are 100, none are 0', () => {
    const all = {
      visibility: 1,
      topTen: 1,
      clickEfficiency: 1,
      momentum: 1,
      technical: 1,
      links: 1,
    };
    expect(seoHealth(all)).toEqual({ score: 100, coverage: 1 });
    expect(seoHealth({ visibility: 0 }).score).toBe(0);
  });

  test('unknown parts drop out and the coverage says so', () => {
    expect(seoHealth({ technical: 0.8, links: 0.4 })).toEqual({
      score: expect.closeTo(60, 9),
      coverage: 0.2,
    });
    expect(seoHealth({}).score).toBeUndefined();
  });
});
