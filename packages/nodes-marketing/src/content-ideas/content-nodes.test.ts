import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeType } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import contentBrief from '../content-brief/content-brief.node.ts';
import contentCalendar from '../content-calendar/content-calendar.node.ts';
import { nodesMarketing } from '../index.ts';
import linkProspects from '../outreach-plan/link-prospects.node.ts';
import { channels } from '../tables/content.ts';
import { keywords } from '../tables/keywords.ts';
import trendDetector from '../trend-detector/trend-detector.node.ts';
import contentIdeas from './content-ideas.node.ts';

const MONDAY = Date.UTC(2026, 10, 23);

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  const texts = ['cold brew maker', 'coffee beans', 'oat milk'];
  await storage.tables
    .open(keywords)
    .insertMany(texts.map((text) => ({ text, textNormal: text, volume: 1000, score: 10 })));
});
afterEach(() => storage.close());

const run = (node: NodeType, parameters: JsonObject, items: readonly JsonObject[]) =>
  runMarketingNode({
    node,
    parameters,
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => MONDAY },
  });

/** A wave of interest, 50 days long. */
const wave = (crest: number): number[] =>
  Array.from({ length: 50 }, (_, day) => {
    const share = 1 / (1 + Math.exp(-0.3 * (day - crest)));
    return Math.round(2 + 2000 * share * (1 - share));
  });

describe('Trend Detector', () => {
  const items = [
    { term: 'cold foam', points: wave(58) },
    { term: 'summer tyres', points: wave(58) },
    { term: 'cascara', points: wave(20) },
  ];

  test('shows what emerges, the nearest to the business first', async () => {
    const found = await run(trendDetector, {}, items);
    expect(found.map(({ term, stage }) => [term, stage])).toEqual([
      ['cold foam', 'emerging'],
      ['summer tyres', 'emerging'],
    ]);
    expect(await run(trendDetector, { minRelevance: 0.25 }, items)).toHaveLength(1);
  });

  test('tells the stage of each and matches searches, stored or named', async () => {
    const all = await run(trendDetector, { operation: 'lifecycle' }, items);
    expect(all).toHaveLength(3);
    const matched = await run(trendDetector, { operation: 'matchKeywords' }, items);
    expect(matched[0]).toMatchObject({ term: 'cold foam', keyword: 'cold brew maker' });
    const named = { operation: 'matchKeywords', about: 'winter tyres\nrims' };
    expect(await run(trendDetector, named, items)).toMatchObject([
      { term: 'summer tyres', keyword: 'winter tyres' },
    ]);
  });

  test('an empty store and no items give nothing', async () => {
    expect(await run(trendDetector, { source: 'store' }, [{}])).toEqual([]);
    expect(await run(trendDetector, {}, [])).toEqual([]);
  });
});

describe('Content Ideas', () => {
  test('are different, of the goal that is wanted, and none there is already', async () => {
    const items = [
      { term: 'cold foam', growth: 0.2 },
      { term: 'oat flat white', growth: 0.1 },
    ];
    const ideas = await run(contentIdeas, { goal: 'evergreen', perSubject: 8 }, items);
    expect(ideas).toHaveLength(6);
    expect(new Set(ideas.map(({ title }) => title)).size).toBe(6);
    expect(new Set(ideas.map(({ goal }) => goal))).toEqual(new Set(['evergreen']));
    const title = String(ideas[0]?.['title']);
    const rest = await run(contentIdeas, { goal: 'evergreen', perSubject: 8, known: title }, items);
    expect(rest.map((idea) => idea['title'])).not.toContain(title);
  });

  test('an item without a subject is named', async () => {
    await expect(run(contentIdeas, {}, [{ growth: 1 }])).rejects.toThrow('Item 0 has no "term"');
  });
});

test('Content Brief names structure, lengths and the call to action', async () => {
  const [brief] = await run(contentBrief, { angle: 'howTo', related: 'cold foam milk' }, [
    { term: 'cold foam', keyword: 'cold brew maker' },
  ]);
  expect(brief).toMatchObject({
    title: 'How to start with cold foam, step by step',
    slug: 'how-to-start-with-cold-foam-step-by-step',
    keyword: 'cold brew maker',
    callToAction: 'Get the checklist for your first try',
  });
  const description = String(brief?.['description']);
  expect(description.length).toBeGreaterThanOrEqual(80);
  expect(description.length).toBeLessThanOrEqual(158);
  expect(brief?.['text']).toContain('## Cold foam milk');
});

describe('Content Calendar', () => {
  test('gives each item a time of the channels that are named', async () => {
    const own = { name: 'blog', zone: 'Europe/Berlin', times: '09:00', perDay: 1 };
    const planned = await run(contentCalendar, { channels: { values: [own] } }, [
      { id: 'a' },
      { id: 'b', channel: 'tv' },
    ]);
    expect(planned[0]).toMatchObject({
      id: 'a',
      channel: 'blog',
      localTime: '2026-11-23T09:00',
      zone: 'Europe/Berlin',
    });
    expect(String(planned[0]?.['plannedAt'])).toMatch(/^2026-11-23T08:00/);
    expect(planned[1]).toMatchObject({ plannedAt: null, reason: 'There is no channel "tv"' });
  });

  test('takes the stored channels when none is named', async () => {
    await storage.tables.open(channels).insert({ name: 'news', times: ['07:00'] });
    const [slot] = await run(contentCalendar, {}, [{ id: 'a' }]);
    expect(slot).toMatchObject({ channel: 'news', localTime: '2026-11-23T07:00' });
  });

  test('lists nothing from an empty calendar, and refuses a time that is none', async () => {
    expect(await run(contentCalendar, { operation: 'list' }, [{}])).toEqual([]);
    await expect(run(contentCalendar, { from: 'soon' }, [{}])).rejects.toThrow('soon');
  });
});

describe('Link Prospects', () => {
  const items = [
    { kind: 'linkGap', domain: 'a.com', value: 50, targetUrl: 'https://me.com/tamper' },
    { kind: 'lostLink', domain: 'b.com', value: 50 },
    { kind: 'journalist', domain: 'c.com', value: 90, deadline: '2026-11-22T00:00:00Z' },
  ];

  test('come by worth for an hour; a deadline that is over is worth nothing', async () => {
    const ranked = await run(linkProspects, {}, items);
    expect(ranked.map(({ domain }) => domain)).toEqual(['b.com', 'a.com', 'c.com']);
    expect(ranked[2]).toMatchObject({ priority: 0 });
  });

  test('have a whole draft where a page of ours is named', async () => {
    const [first, second] = await run(linkProspects, { withDraft: true }, items);
    expect(first?.['draft']).toBeUndefined();
    expect(second).toMatchObject({
      draft: {
        subject: 'A source on tamper for a.com',
        followUps: [{ afterDays: 3 }, { afterDays: 7 }],
      },
    });
  });

  test('a kind nobody knows is named with those there are', async () => {
    const bad = [{ kind: 'gift', domain: 'a.com' }];
    await expect(run(linkProspects, {}, bad)).rejects.toThrow('Item 0: "kind" is "gift"');
  });
});
