import { createMemoryStorage } from '@millrace/server/packages';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext, ParamOptions } from '@millrace/workflow/node-api';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { createRandom } from '../stats/math/random.ts';
import { keywords, rankings } from '../tables/keywords.ts';
import rankTracker from './rank-tracker.node.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;
const dayOf = (ago: number) => new Date(NOW - ago * DAY_MS).toISOString().slice(0, 10);

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

/** Both outputs: ranks and the failure of a scraper. */
async function run(parameters: JsonObject, items: readonly JsonObject[] = [{}]) {
  const values = normalizeParameters(rankTracker.description, parameters, { version: 1 });
  const context: Partial<ExecuteContext> = {
    tables: storage.tables,
    now: () => NOW,
    items: () => items.map((json) => ({ json })),
    param<T>(path: string, _index: number, options: ParamOptions = {}) {
      // The caller names the type, as with the engine's own `param`.
      return (getByPath(values, path) ?? options.fallback) as T;
    },
  };
  // Only what this node uses.
  const found = await rankTracker.execute?.(context as ExecuteContext);
  if (!Array.isArray(found)) throw new Error('The node did not answer');
  const [ranks = [], failures = []]: JsonObject[][] = found.map((output) =>
    (output ?? []).map(({ json }: Item): JsonObject => json),
  );
  return { ranks, failures };
}

const record = (items: readonly JsonObject[], more: JsonObject = {}) =>
  run({ operation: 'record', rankSource: 'serp', ...more }, items);
const detect = (more: JsonObject = {}) => run({ operation: 'detectChanges', ...more });

/** Two weeks of looks: thirty still keywords, one that fell and one that rose a week ago. */
function weeks(change: (row: JsonObject, ago: number) => JsonObject | undefined = (row) => row) {
  const random = createRandom(6);
  const rows: JsonObject[] = [];
  for (let ago = 13; ago >= 0; ago -= 1) {
    const about = (keyword: string, place: number) => {
      const position = Math.max(1, Math.round(place + random.normal()));
      const row = change({ keyword, position, day: dayOf(ago) }, ago);
      if (row) rows.push(row);
    };
    for (let still = 0; still < 30; still += 1) about(`still ${still}`, 12);
    about('fell', ago >= 7 ? 5 : 16);
    about('rose', ago >= 7 ? 18 : 6);
  }
  return rows;
}
const told = (rows: readonly JsonObject[]) =>
  rows.map(({ keyword, direction }) => `${String(keyword)} ${String(direction)}`).toSorted();

describe('recording', () => {
  test('stores looks, adds keywords, and shows their last rank', async () => {
    const { ranks } = await record(
      [
        { keyword: 'Green  Tea', position: 7, url: 'https://www.me.com/tea', day: dayOf(1) },
        { keyword: 'green tea', position: 5, url: 'https://me.com/tea', day: dayOf(0) },
        { keyword: 'black tea', position: 3, url: 'https://other.com/x' },
      ],
      { ownDomain: 'https://me.com' },
    );
    expect(ranks[0]?.['keywordId']).toBe(ranks[1]?.['keywordId']);
    expect(
      await storage.tables.open(keywords).find({ orderBy: { textNormal: 'asc' } }),
    ).toMatchObject([
      { textNormal: 'black tea', position: 3, url: null },
      { textNormal: 'green tea', position: 5, url: 'https://me.com/tea' },
    ]);
    expect(await storage.tables.open(rankings).count()).toBe(3);
  });

  test.each([
    [{ position: 0 }, 'failed'],
    [{ error: 'captcha', position: 3 }, 'failed'],
    [{ state: 'failed' }, 'failed'],
    [{ position: '>100' }, 'notFound'],
    [{ position: -1 }, 'notFound'],
    [{ state: 'notFound' }, 'notFound'],
    [{ position: '4' }, 'found'],
  ])('%j is %s', async (look, state) => {
    await record([{ keyword: 'tea', ...look }]);
    const [row] = await storage.tables.open(rankings).find();
    expect(row).toMatchObject({ state, position: state === 'found' ? 4 : null });
  });

  test('a look that failed takes no place, one that did not takes the place of a failed one', async () => {
    await record([{ keyword: 'tea', position: 4 }]);
    await record([
      { keyword: 'tea', position: 0 },
      { keyword: 'milk', position: 0 },
    ]);
    await record([{ keyword: 'milk', position: 9 }]);
    const rows = await storage.tables.open(rankings).find({ orderBy: { position: 'asc' } });
    expect(rows.map(({ position }) => position)).toEqual([4, 9]);
  });

  test.each([
    [{}, 'Item 0 has no "keyword"'],
    [{ keyword: 'x' }, 'Item 0 has no "position"'],
    [{ keyword: 'x', position: 'high' }, 'not a number'],
    [{ keyword: 'x', position: 0.5 }, '"position" is 0.5'],
    [{ keyword: 'x', position: 1, day: '21.11.2026' }, 'which is no day'],
    [{ keyword: 'x', state: 'gone' }, '"state" is "gone"'],
  ])('%j is refused', async (item, message) => {
    await expect(record([item])).rejects.toThrow(message);
  });
});

describe('changes', () => {
  test('the planted ones are told, trembling is not', async () => {
    await record(weeks());
    const { ranks, failures } = await detect();
    expect(told(ranks)).toEqual(['fell fell', 'rose rose']);
    expect(failures).toEqual([]);
    expect(ranks.find(({ keyword }) => keyword === 'fell')?.['explain']).toMatch(
      /^It fell from [456] to 1[567] \(middle of 7 days each\), q = 0\.0\d+$/,
    );
  });

  test('from items are the same', async () => {
    const { ranks } = await run({ operation: 'detectChanges', readFrom: 'items' }, weeks());
    expect(told(ranks)).toEqual(['fell fell', 'rose rose']);
  });

  test('of ranks in any order of days there is none', async () => {
    const random = createRandom(2);
    const rows = Array.from({ length: 60 }, (_, keyword) =>
      Array.from({ length: 14 }, (__, ago) => ({
        keyword: `k${keyword}`,
        position: 1 + random.below(30),
        day: dayOf(ago),
      })),
    ).flat();
    const { ranks } = await run({ operation: 'detectChanges', readFrom: 'items' }, rows);
    expect(ranks.length).toBeLessThanOrEqual(1);
  });

  test('on a day most keywords vanish there is one failure, and no keyword is blamed', async () => {
    await record(weeks((row, ago) => (ago === 0 ? { ...row, position: '>100' } : row)));
    const { ranks, failures } = await detect();
    expect(ranks).toEqual([]);
    expect(failures).toMatchObject([{ kind: 'scraperFailure', lostShare: 1, day: dayOf(0) }]);
  });

  test.each([
    ['failed', 0],
    ['not found', '>100'],
  ])(
    'a scraper whose looks were %s for three days and is mended blames no keyword',
    async (_, position) => {
      await record(weeks((row, ago) => (ago >= 1 && ago <= 4 ? { ...row, position } : row)));
      const { ranks, failures } = await detect();
      expect(failures).toEqual([]);
      expect(ranks.filter(({ keyword }) => String(keyword).startsWith('still'))).toEqual([]);
    },
  );

  test('a day that is not done yet is no failure', async () => {
    await record(
      weeks((row, ago) => (ago === 0 && row['keyword'] !== 'still 1' ? undefined : row)),
    );
    const { ranks, failures } = await detect();
    expect(failures).toEqual([]);
    expect(told(ranks)).toEqual(['fell fell', 'rose rose']);
  });

  test('one keyword that is gone for a week is told', async () => {
    await record(
      weeks((row, ago) =>
        row['keyword'] === 'still 3' && ago < 7 ? { ...row, position: '>100' } : row,
      ),
    );
    const { ranks } = await detect();
    expect(ranks.find(({ keyword }) => keyword === 'still 3')).toMatchObject({
      after: 101,
      direction: 'fell',
    });
  });

  test('of another source, or without looks, there is none', async () => {
    expect(await detect()).toEqual({ ranks: [], failures: [] });
    await record(weeks());
    expect((await detect({ rankSource: 'gsc' })).ranks).toEqual([]);
  });

  test('a window of two days is refused', async () => {
    await expect(detect({ window: 2 })).rejects.toThrow('"Days Compared" is 2');
  });
});
