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

/** Ranks at 4–20 with more than the middle impressions of all: a small push brings it to the first three. */
export function strikingDistance(keywords: readonly Keyword[]): Keyword[] {
  const middle = middleOf(keywords.flatMap(({ impressions }) => impressions ?? []));
  return keywords.filter((keyword) => isWithinReach(keyword, middle));
}

/** @param middleImpressions - The middle of all keywords' impressions: {@link middleOf}. */
export const isWithinReach = (
  { position = 0, impressions = 0 }: Keyword,
  middleImpressions: number,
): boolean => position >= 4 && position <= 20 && impressions > middleImpressions;

/** The median; 0 of nothing. */
export function middleOf(counts: readonly number[]): number {
  const sorted = Float64Array.from(counts).toSorted();
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? 0) + upper) / 2 : upper;
}

const isForeignBrand = ({ text, intents }: Keyword, brands: readonly string[]): boolean =>
  intents?.includes('navigational') === true &&
  brands.some((brand) => text.toLowerCase().includes(brand));
