import { keywordTerms } from '../stats/keyword-terms.ts';

/** A search the business lives from. */
export interface ProfileKeyword {
  readonly id: string;
  readonly text: string;
  /** What a better position is worth; 0 when it is not known. */
  readonly value: number;
}

export interface KeywordMatch extends ProfileKeyword {
  /** .5 · Jaccard of the stems + .5 · cosine of their TF-IDF weights, 0–1. */
  readonly likeness: number;
}

/** What the business is about, as its searches tell it. */
export interface BusinessProfile {
  /**
   * How much of a short text speaks of the business, 0–1: the mean familiarity of its words, where a
   * word is the more familiar the more searches use it. Words the searches do not know count as 0.
   */
  relevance(text: string): number;
  /** How much of a long text's best-covered search is in it, 0–1: 1 when all its words are. */
  coverage(text: string): number;
  /** The searches nearest to a text, the likest first, of equals the worthiest. */
  match(text: string, most?: number): KeywordMatch[];
}

const LEAST_LIKENESS = 0.2;

/** @see marketing.md A13, A14 */
export function createBusinessProfile(keywords: readonly ProfileKeyword[]): BusinessProfile {
  const terms = keywords.map(({ text }) => keywordTerms(text));
  const places = new Map<string, number[]>();
  for (const [place, own] of terms.entries())
    for (const term of own) {
      const known = places.get(term);
      if (known) known.push(place);
      else places.set(term, [place]);
    }
  let most = 0;
  for (const { length } of places.values()) most = Math.max(most, length);

  const uses = (term: string) => places.get(term)?.length ?? 0;
  const weight = (term: string) => Math.log(1 + (keywords.length + 1) / (1 + uses(term)));
  const squared = (list: readonly string[]) =>
    list.reduce((sum, term) => sum + weight(term) ** 2, 0);
  const norms = terms.map(squared);

  /** For each search that shares words with these: how many, and the sum of their squared weights. */
  function shared(own: readonly string[]): Map<number, { count: number; dot: number }> {
    const found = new Map<number, { count: number; dot: number }>();
    for (const term of own) {
      const squaredWeight = weight(term) ** 2;
      for (const place of places.get(term) ?? []) {
        const known = found.get(place);
        if (known) {
          known.count += 1;
          known.dot += squaredWeight;
        } else found.set(place, { count: 1, dot: squaredWeight });
      }
    }
    return found;
  }

  return {
    relevance(text) {
      const own = keywordTerms(text);
      if (own.length === 0 || most === 0) return 0;
      const familiar = own.map((term) => Math.log1p(uses(term)) / Math.log1p(most));
      return familiar.reduce((sum, each) => sum + each, 0) / own.length;
    },
    coverage(text) {
      let best = 0;
      for (const [place, { dot }] of shared(keywordTerms(text)))
        best = Math.max(best, dot / (norms[place] ?? Infinity));
      return best;
    },
    match(text, limit = 5) {
      const own = keywordTerms(text);
      const norm = squared(own);
      const matches: KeywordMatch[] = [];
      for (const [place, { count, dot }] of shared(own)) {
        const keyword = keywords[place];
        const other = terms[place]?.length ?? 0;
        const jaccard = count / (own.length + other - count);
        const likeness = 0.5 * jaccard + (0.5 * dot) / Math.sqrt(norm * (norms[place] ?? 1));
        if (keyword && likeness >= LEAST_LIKENESS) matches.push({ ...keyword, likeness });
      }
      return matches
        .toSorted((a, b) => b.likeness - a.likeness || b.value - a.value)
        .slice(0, limit);
    },
  };
}
