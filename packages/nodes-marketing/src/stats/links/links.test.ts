import { describe, expect, test } from 'vitest';
import { findLinkGaps } from './link-gap.ts';
import { pageRank } from './page-rank.ts';

describe('PageRank', () => {
  test('a ring shares equally', () => {
    const ranks = pageRank(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    for (const rank of ranks) expect(rank).toBeCloseTo(1 / 3, 8);
  });

  test('solves the small example by hand: both link to one that links to nobody', () => {
    const [a = 0, b = 0, c = 0] = pageRank(3, [
      [0, 2],
      [1, 2],
    ]);
    expect(a + b + c).toBeCloseTo(1, 8);
    expect(a).toBeCloseTo(b, 10);
    expect(a).toBeCloseTo(0.05 + (0.85 * c) / 3, 8);
    expect(c).toBeCloseTo(0.05 + (0.85 * c) / 3 + 0.85 * (a + b), 8);
  });

  test('repeated links count once, nothing gives nothing', () => {
    expect(
      pageRank(2, [
        [0, 1],
        [0, 1],
      ]),
    ).toEqual(pageRank(2, [[0, 1]]));
    expect(pageRank(0, [])).toHaveLength(0);
  });
});

describe('link gap', () => {
  const own = new Set(['ours.org']);
  const rivals = new Map([
    ['a.com', new Set(['both.org', 'ours.org', 'only-a.org', 'b.com'])],
    ['b.com', new Set(['both.org', 'only-b.org'])],
  ]);

  test('domains that link to enough rivals and not to us', () => {
    const gaps = findLinkGaps(own, rivals, { minCompetitors: 2 });
    expect(gaps.map(({ domain, competitors }) => [domain, competitors])).toEqual([
      ['both.org', ['a.com', 'b.com']],
    ]);
  });

  test('with one rival enough, authority and number of rivals order them', () => {
    const authority = (domain: string) => (domain === 'only-b.org' ? 30 : 10);
    const gaps = findLinkGaps(own, rivals, { minCompetitors: 1, authority });
    expect(gaps.map(({ domain, score }) => [domain, score])).toEqual([
      ['only-b.org', 30],
      ['both.org', 20],
      ['only-a.org', 10],
    ]);
  });
});
