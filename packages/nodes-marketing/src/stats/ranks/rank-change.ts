import { median } from '../math/describe.ts';
import { twoSidedP } from '../math/distributions.ts';
import { falseDiscoveryRates } from '../math/multiple-testing.ts';

/** One look at a keyword's rank. A failed look is no rank: it is left out, never counted as 0. */
export type RankLook =
  | { readonly state: 'found'; readonly position: number }
  | { readonly state: 'notFound'; readonly depth: number }
  | { readonly state: 'failed' };

export interface RankSeries {
  readonly keyword: string;
  /** One look a day, oldest first. */
  readonly looks: readonly RankLook[];
}

export interface RankChange {
  readonly keyword: string;
  /** Medians of the two windows; not found counts as one below the depth looked at. */
  readonly before: number;
  readonly after: number;
  /** Below 0 when it rose. */
  readonly change: number;
  readonly q: number;
}

export interface RankChangeOptions {
  readonly window: number;
  readonly minChange: number;
  readonly maxFalseDiscovery: number;
}

const DEFAULTS: RankChangeOptions = { window: 7, minChange: 3, maxFalseDiscovery: 0.05 };
const PAGE_ENDS = [3, 10, 20];

/**
 * Which keywords truly moved between the last window and the one before: exact permutation test of
 * the ranks, false discovery rate over all keywords, and a change worth telling (three places, or
 * across the end of a page). Days on which the scraper broke have to be taken out before.
 *
 * @see marketing.md A06
 */
export function testRankChanges(
  series: readonly RankSeries[],
  given: Partial<RankChangeOptions> = {},
): RankChange[] {
  const options = { ...DEFAULTS, ...given };
  const tested = series.flatMap(({ keyword, looks }) => {
    const after = placesOf(looks.slice(-options.window));
    const before = placesOf(looks.slice(-2 * options.window, -options.window));
    if (after.length < 3 || before.length < 3) return [];
    return [{ keyword, before: median(before), after: median(after), p: rankSumP(before, after) }];
  });
  const rates = falseDiscoveryRates(tested.map(({ p }) => p));
  return tested
    .map(({ keyword, before, after }, index) => ({
      keyword,
      before,
      after,
      change: after - before,
      q: rates[index] ?? 1,
    }))
    .filter(({ q }) => q <= options.maxFalseDiscovery)
    .filter(
      ({ before, after, change }) =>
        Math.abs(change) >= options.minChange || crossesPage(before, after),
    );
}

const crossesPage = (before: number, after: number): boolean =>
  PAGE_ENDS.some((end) => before <= end !== after <= end);

const placesOf = (looks: readonly RankLook[]): number[] =>
  looks.flatMap((look) => {
    if (look.state === 'failed') return [];
    return [look.state === 'found' ? look.position : look.depth + 1];
  });

const EXACT_UP_TO = 20;

/** Mann and Whitney's test, two-sided: exact over all divisions for small samples, normal for large. */
export function rankSumP(a: readonly number[], b: readonly number[]): number {
  const pooled = [...a, ...b];
  const ranks = midRanks(pooled);
  const own = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const expected = (a.length * (pooled.length + 1)) / 2;
  const distance = Math.abs(own - expected);
  if (pooled.length <= EXACT_UP_TO) return exactP(ranks, a.length, distance, expected);
  const squares = ranks.reduce((sum, rank) => sum + (rank - (pooled.length + 1) / 2) ** 2, 0);
  const variance = (a.length * b.length * squares) / (pooled.length * (pooled.length - 1));
  return variance === 0 ? 1 : twoSidedP(Math.max(0, distance - 0.5) / Math.sqrt(variance));
}

function midRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

/** Counts how many choices of `size` ranks have each sum; ranks are halves, so sums are doubled. */
function exactP(
  ranks: readonly number[],
  size: number,
  distance: number,
  expected: number,
): number {
  let ways: Map<number, number>[] = Array.from({ length: size + 1 }, () => new Map());
  ways[0]?.set(0, 1);
  for (const rank of ranks) {
    ways = ways.map((sums, chosen) => {
      const next = new Map(sums);
      for (const [sum, count] of ways[chosen - 1] ?? []) {
        const key = sum + 2 * rank;
        next.set(key, (next.get(key) ?? 0) + count);
      }
      return next;
    });
  }
  let [extreme, all] = [0, 0];
  for (const [sum, count] of ways[size] ?? []) {
    all += count;
    if (Math.abs(sum / 2 - expected) >= distance - 1e-9) extreme += count;
  }
  return all === 0 ? 1 : extreme / all;
}
