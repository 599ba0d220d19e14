import type { Keyword } from './keyword.ts';

export interface QuickWinLimits {
  readonly maxDifficulty: number;
  readonly minVolume: number;
  readonly authority: number;
  /** Lower-case names of other brands: a search for one of them is not ours to win. */
  readonly foreignBrands?: readonly string[];
}

/**
 * Worth doing first: known and low difficulty, enough volume, and either within reach (4–20) or
 * not ranking where the site is strong enough.
 *
 * @see marketing.md A03
 */
export function isQuickWin(keyword: Keyword, limits: QuickWinLimits): boolean {
  const { difficulty, volume = 0, position } = keyword;
  if (difficulty === undefined || difficulty > limits.maxDifficulty) return false;
  if (volume < limits.minVolume || isForeignBrand(keyword, limits.foreignBrands ?? []))
    return false;
  return position === undefined || position > 20 ? difficulty <= limits.authority : position >= 4;
}

/** Ranks at 4–20 with at least the middle impressions of all: a small push brings it to the first three. */
export function strikingDistance(keywords: readonly Keyword[]): Keyword[] {
  const seen = keywords
    .map(({ impressions }) => impressions)
    .filter((count) => count !== undefined)
    .toSorted((a, b) => a - b);
  const middle = median(seen);
  return keywords.filter(
    ({ position = 0, impressions = 0 }) => position >= 4 && position <= 20 && impressions > middle,
  );
}

function median(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + upper) / 2 : upper;
}

const isForeignBrand = ({ text, intents }: Keyword, brands: readonly string[]): boolean =>
  intents?.includes('navigational') === true &&
  brands.some((brand) => text.toLowerCase().includes(brand));
