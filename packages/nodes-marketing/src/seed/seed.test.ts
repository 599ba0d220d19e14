import { describe, expect, test } from 'vitest';
import { findPatterns } from '../stats/campaigns/patterns.ts';
import { learnCampaigns } from '../stats/campaigns/memory.ts';
import { recommendCampaigns } from '../stats/campaigns/recommend.ts';
import { findLinkGaps } from '../stats/links/link-gap.ts';
import { readTrend } from '../stats/trends/life-cycle.ts';
import { seedCampaigns, seedMemories } from './campaigns.ts';
import { seedKeywords } from './keywords.ts';
import { COMPETITORS, OWN_DOMAIN, seedBacklinks, seedDomains, seedQueries } from './links.ts';
import { seedTrends } from './trends.ts';

const NOW = Date.UTC(2026, 10, 21);

describe('keywords', () => {
  const rows = [...seedKeywords(46_151, 1)];

  test('are all different, the same for the same seed', () => {
    expect(new Set(rows.map(({ textNormal }) => textNormal)).size).toBe(46_151);
    expect([...seedKeywords(50, 7)]).toEqual([...seedKeywords(50, 7)]);
    expect([...seedKeywords(50, 7)]).not.toEqual([...seedKeywords(50, 8)]);
  });

  test('hold quick wins, unknown difficulties and a long tail', () => {
    const isEasy = rows.filter(
      ({ difficulty, volume }) => (difficulty ?? 101) <= 30 && (volume ?? 0) >= 100,
    );
    expect(isEasy.length).toBeGreaterThan(50);
    expect(rows.filter(({ difficulty }) => difficulty === null).length).toBeGreaterThan(1500);
    const volumes = rows.map(({ volume }) => volume ?? 0).toSorted((a, b) => b - a);
    const top = volumes.slice(0, 4615).reduce((sum, volume) => sum + volume, 0);
    expect(top / volumes.reduce((sum, volume) => sum + volume, 0)).toBeGreaterThan(0.4);
  });
});

test('the detector finds the planted stages of trends', () => {
  const all = [...seedTrends(600, 3, NOW)];
  const right = all.filter(
    ({ points, planted }) => readTrend(points.map(({ value }) => value)).stage === planted,
  );
  expect(all).toHaveLength(600);
  expect(right.length / all.length).toBeGreaterThan(0.9);
  expect(new Set(all.map(({ trend }) => [trend.term, trend.source, trend.geo].join())).size).toBe(
    600,
  );
});

test('at least thirty sites link to two competitors and not to the shop', () => {
  const sites = [...seedDomains(5000, 2)];
  const links = [...seedBacklinks({ own: 2000, rivals: 20_000, sites: 5000 }, 2, NOW)];
  const into = (domain: string) =>
    new Set(
      links.filter(({ toDomain }) => toDomain === domain).map(({ fromDomain }) => fromDomain),
    );
  const gaps = findLinkGaps(
    into(OWN_DOMAIN),
    new Map(COMPETITORS.map((domain) => [domain, into(domain)])),
    { minCompetitors: 2 },
  );
  expect(gaps.length).toBeGreaterThanOrEqual(30);
  expect(new Set(sites.map(({ name }) => name)).size).toBe(5000);
  const known = new Set(sites.map(({ name }) => name));
  expect(links.filter(({ fromDomain }) => !known.has(fromDomain))).toEqual([]);
});

test('queries have an address, a question and a deadline', () => {
  const queries = [...seedQueries(120, 1, NOW)];
  expect(queries).toHaveLength(120);
  for (const { email, query, deadline } of queries) {
    expect(email).toMatch(/@journalists\.example$/);
    expect(query).not.toContain('ITEM');
    expect(deadline).toBeGreaterThan(NOW - 86_400_001);
  }
});

describe('campaign memories', () => {
  const memories = [...seedMemories(5000, 4, NOW)];

  test('patterns of success and failure are the planted ones', () => {
    const { success, failure } = findPatterns(
      memories.map(({ roi, objective, channels, tone, audience }) => ({
        roi,
        attributes: { objective, channels, tone: tone ?? '', audience: audience ?? '' },
      })),
    );
    const values = (list: typeof success) => list.map(({ value }) => value);
    expect(values(success)).toEqual(expect.arrayContaining(['retention', 'email+search', 'warm']));
    expect(values(failure)).toEqual(expect.arrayContaining(['awareness', 'social']));
    expect([...success, ...failure].filter(({ attribute }) => attribute === 'audience')).toEqual(
      [],
    );
  });

  test('the best designs are predicted to return what was planted', () => {
    const past = memories.map(({ name, objective, channels, budgetBand, tone, roi }) => ({
      id: name,
      path: [objective, channels, budgetBand, tone ?? ''],
      roi,
    }));
    const [best] = recommendCampaigns(learnCampaigns(past), past, { count: 3, seed: 1 });
    expect(best?.path.slice(0, 1)).toEqual(['retention']);
    expect(best?.predictedRoi).toBeGreaterThan(3);
  });
});

test('campaigns spend on every channel', () => {
  const [first] = seedCampaigns(3, 30, 1, NOW);
  expect(first?.days).toHaveLength(30);
  expect(new Set(first?.days.map(({ channel }) => channel))).toEqual(
    new Set(['email', 'search', 'social']),
  );
  expect(new Set(first?.days.map(({ day, channel }) => day + channel)).size).toBe(30);
});
