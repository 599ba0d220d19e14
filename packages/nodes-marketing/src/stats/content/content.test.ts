import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { bestTime, type TimedOutcome } from './best-time.ts';
import { scorePage } from './on-page.ts';
import { contentPriority, rankContent } from './priority.ts';
import { indexTerms, matchKeywords, relevance } from './relevance.ts';
import { saveRates } from './save-rate.ts';

describe('best time', () => {
  /** 300 posts at random hours; Tuesday 18 h and its neighbours do three times as well. */
  function history(count: number): TimedOutcome[] {
    const random = createRandom(3);
    return Array.from({ length: count }, () => {
      const hourOfWeek = random.below(168);
      const rate = Math.abs(hourOfWeek - 42) <= 1 ? 0.15 : 0.05;
      const engaged = Array.from({ length: 500 }).filter(() => random.next() < rate).length;
      return { hourOfWeek, reached: 500, engaged };
    });
  }
  const options = { seed: 1, defaults: [9, 33] };

  test('finds the planted hour, and tries others now and then', () => {
    const outcomes = history(300);
    const chosen = Array.from({ length: 60 }, (_, seed) =>
      bestTime(outcomes, { ...options, seed }),
    );
    const near = chosen.filter(({ hourOfWeek }) => Math.abs(hourOfWeek - 42) <= 2);
    expect(near.length).toBeGreaterThan(45);
    expect(chosen[0]?.basis).toBe('history');
    const { rates } = bestTime(outcomes, options);
    expect(rates[42]).toBeGreaterThan(1.5 * (rates[100] ?? 0));
  });

  test('keeps to the defaults while little is known, and to hours that are allowed', () => {
    expect(bestTime(history(10), options)).toMatchObject({ basis: 'defaults' });
    expect(bestTime([], { ...options, allowed: [33] }).hourOfWeek).toBe(33);
    expect(bestTime(history(300), { ...options, allowed: [100, 101] }).hourOfWeek).toBeLessThan(
      102,
    );
  });
});

test('save rates are of sums, and draw small posts towards the channel', () => {
  const { rate, interval, medianPost, shrunk } = saveRates([
    { reach: 10_000, saves: 200 },
    { reach: 10, saves: 5 },
    { reach: 0, saves: 0 },
  ]);
  expect(rate).toBeCloseTo(205 / 10_010, 10);
  expect(interval.low).toBeLessThan(rate);
  expect(medianPost).toBeCloseTo((0.02 + 0.5) / 2, 10);
  expect(shrunk[1]).toBeLessThan(0.05);
  expect(saveRates([]).rate).toBe(0);
});

describe('content priority', () => {
  const piece = {
    probability: 0.5,
    impact: { reach: 1, search: 0, conversions: 0 },
    effort: 1,
    ageHours: 0,
  };

  test('what nears its peak comes first where spreading is the goal', () => {
    const soon = { ...piece, hoursToPeak: 2 };
    const late = { ...piece, hoursToPeak: 72 };
    expect(rankContent([late, soon], 'viral')).toEqual([soon, late]);
    expect(contentPriority(soon, 'evergreen')).toBe(contentPriority(late, 'evergreen'));
  });

  test('the goal decides what counts, effort divides, age decides between equals', () => {
    const found = { ...piece, impact: { reach: 0, search: 1, conversions: 0 } };
    expect(rankContent([piece, found], 'evergreen')[0]).toBe(found);
    expect(contentPriority({ ...piece, effort: 2 }, 'viral')).toBe(
      contentPriority(piece, 'viral') / 2,
    );
    const old = { ...piece, ageHours: 9 };
    expect(rankContent([piece, old], 'viral')[0]).toBe(old);
  });
});

describe('relevance', () => {
  const keywords = [
    'garden hose',
    'hose reel wall mounted',
    'raised garden beds',
    'lawn mower battery',
  ];
  const index = indexTerms(keywords);

  test('a subject of the business is near, another is not', () => {
    expect(relevance('best garden hoses of the year', index)).toBeGreaterThan(0.25);
    expect(relevance('football transfer rumours', index)).toBe(0);
    expect(relevance('', index)).toBe(0);
  });

  test('trends meet the keywords that share their words, the closest first', () => {
    const matches = matchKeywords('wall hose reel', keywords, index, 2);
    expect(matches.map((match) => keywords[match.index])).toEqual([
      'hose reel wall mounted',
      'garden hose',
    ]);
    expect(matches[0]?.match).toBeGreaterThan(0.7);
  });

  test('the same words are wholly alike', () => {
    expect(index.similarity('hoses, garden', 0)).toBeCloseTo(1, 10);
  });
});

describe('on-page score', () => {
  const good = `<html><head><title>Garden hose guide: which one to buy</title>
    <meta name="description" content="${'Which garden hose fits your garden? '.repeat(4).slice(0, 140)}">
    <script type="application/ld+json">{}</script></head><body>
    <h1>The garden hose guide</h1><p>A garden hose should last. ${'Water flows through it every day. '.repeat(60)}</p>
    <h2>Hose length</h2><p>The garden hose and its length.</p><h2>Hose material</h2><p>Garden hose of rubber.</p>
    <a href="/a">a</a><a href="/b">b</a><a href="https://shop.example/c">c</a><a href="https://source.example">s</a>
    <img src="x.png" alt="A hose"></body></html>`;
  const target = {
    keyword: 'garden hose',
    url: 'https://shop.example/garden-hose-guide',
    subtopics: ['length', 'material'],
    terms: ['rubber', 'water'],
    targetWords: 300,
  };

  test('a page made with care has all points', () => {
    const { score, checks } = scorePage(good, target);
    expect(checks.filter(({ advice }) => advice)).toEqual([]);
    expect(score).toBe(100);
  });

  test('each fault costs its own points and is told', () => {
    const faulty = good
      .replace('<title>Garden hose guide', '<title>Guide')
      .replace(' alt="A hose"', '')
      .replace('rubber', 'plastic');
    const { score, checks } = scorePage(faulty, target);
    expect(
      checks.filter(({ advice }) => advice).map(({ check, points }) => [check, points]),
    ).toEqual([
      ['keyword in title', 0],
      ['terms', 7],
      ['image texts', 0],
    ]);
    expect(score).toBe(100 - 12 - 7 - 4);
  });

  test('an empty page has the points for what it does not spoil', () => {
    const { score, checks } = scorePage('', { ...target, url: 'nowhere' });
    expect(score).toBe(4);
    expect(checks.reduce((sum, { of }) => sum + of, 0)).toBe(100);
  });
});
