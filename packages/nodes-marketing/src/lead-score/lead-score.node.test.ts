import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { createRandom } from '../stats/math/random.ts';
import leadScoreNode from './lead-score.node.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21);
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, items: readonly JsonObject[]) =>
  runMarketingNode({
    node: leadScoreNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => NOW },
  });

const scoreOf = (row: JsonObject | undefined) => Object(row?.['leadScore']).score;

describe('by rules', () => {
  const events = (...rules: JsonObject[]) => ({ events: { rules } });
  const profile = (...rules: JsonObject[]) => ({ profile: { rules } });

  test('events fade by half in their half-life, and only the latest count', async () => {
    const [row] = await run(events({ event: 'opened', points: 8, halfLifeDays: 10, most: 2 }), [
      {
        events: [
          { name: 'opened', at: daysAgo(0) },
          { name: 'opened', at: daysAgo(10) },
          { name: 'opened', at: daysAgo(20) },
          { name: 'clicked', at: daysAgo(0) },
        ],
      },
    ]);
    expect(scoreOf(row)).toBeCloseTo(12, 9);
    expect(Object(row?.['leadScore']).explain).toBe('+12.0 for opened');
  });

  test.each([
    [{ field: 'country', test: 'equals', value: 'de' }, { country: 'DE' }, 5],
    [{ field: 'title', test: 'contains', value: 'head' }, { title: 'Head of Sales' }, 5],
    [{ field: 'staff', test: 'atLeast', value: '50' }, { staff: 50 }, 5],
    [{ field: 'staff', test: 'atLeast', value: '50' }, { staff: 49 }, 0],
    [{ field: 'staff', test: 'atMost', value: '50' }, {}, 0],
    [{ field: 'phone', test: 'isSet' }, { phone: '' }, 0],
    [{ field: 'phone', test: 'isNotSet' }, {}, 5],
  ])('%j of %j gives %i', async (rule, lead, points) => {
    expect(scoreOf((await run(profile({ ...rule, points: 5 }), [lead]))[0])).toBe(points);
  });

  test.each([
    [{}, {}, 'There are no rules'],
    [events({ event: 'x', points: 1 }), { events: 'none' }, '"events" is not a list'],
    [events({ event: 'x', points: 1 }), { events: [{ name: 'x' }] }, 'an event without "at"'],
    [events({ event: 'x', points: 1 }), { events: [{ at: 1 }] }, 'Item 0 has no "name"'],
    [events({ event: 'x', halfLifeDays: -1 }), {}, 'the half-life -1'],
  ])('%j for %j is refused', async (parameters, lead, message) => {
    await expect(run(parameters, [lead])).rejects.toThrow(message);
  });
});

describe('by model', () => {
  function leads(count: number): JsonObject[] {
    const random = createRandom(11);
    return Array.from({ length: count }, (_, index) => {
      const visits = random.below(20);
      const source = random.next() < 0.5 ? 'search' : 'fair';
      const odds = 0.35 * (visits - 10) + (source === 'search' ? 1 : -1);
      const isWon = random.next() < 1 / (1 + Math.exp(-odds));
      return {
        id: `l${index}`,
        at: daysAgo(count - index),
        visits,
        source,
        stage: isWon ? 'customer' : 'lost',
        outcome: isWon,
      };
    });
  }

  test('the planted good lead is far above the planted bad one, the trace of the end is left out', async () => {
    const [report] = await run({ operation: 'train' }, leads(1200));
    expect(report).toMatchObject({ isDeployable: true, warnings: [{ fact: 'stage' }] });
    const [good, bad] = await run({ operation: 'score' }, [
      { id: 'x', visits: 19, source: 'search' },
      { id: 'y', visits: 0, source: 'fair' },
    ]);
    expect(scoreOf(good)).toBeGreaterThan(80);
    expect(scoreOf(bad)).toBeLessThan(20);
    expect(Object(good?.['leadScore']).explain).toContain('visits speaks for it');
    expect(Object(good?.['leadScore']).chance).toBeGreaterThan(0.8);
  });

  test('without a model there is no score', async () => {
    await expect(run({ operation: 'score' }, [{}])).rejects.toThrow('There is no model');
  });
});

describe('decay', () => {
  const decay = { operation: 'decay', halfLifeDays: 20 };

  test('takes half off after the half-life, and nothing off leads of today or tomorrow', async () => {
    const rows = await run(decay, [
      { score: 80, lastActiveAt: daysAgo(20) },
      { score: 80, lastActiveAt: daysAgo(0) },
      { score: 80, lastActiveAt: daysAgo(-3) },
    ]);
    expect(rows.map(scoreOf)).toEqual([40, 80, 80]);
    expect(Object(rows[0]?.['leadScore']).explain).toBe(
      '40.0 of 80 are left after 20.0 quiet days',
    );
  });

  test.each([
    [decay, { lastActiveAt: daysAgo(1) }, 'Item 0 has no "score"'],
    [decay, { score: 5 }, 'Item 0 has no "lastActiveAt"'],
    [{ ...decay, halfLifeDays: 0 }, { score: 5, lastActiveAt: 1 }, '"Half-Life (Days)" is 0'],
  ])('%j of %j is refused', async (parameters, lead, message) => {
    await expect(run(parameters, [lead])).rejects.toThrow(message);
  });
});
