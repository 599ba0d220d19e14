import { keywordTerms } from '../keyword-terms.ts';
import { jaccard } from '../text/shingles.ts';

/** Texts to compare with, weighed by how telling each term is among them. */
export interface TermIndex {
  /** Cosine of a text with the n-th one, 0–1. */
  similarity(text: string, index: number): number;
  /** The closest first; those that share no term are left out. */
  closest(text: string, limit: number): { readonly index: number; readonly similarity: number }[];
}

type Vector = ReadonlyMap<string, number>;

/** Indexes texts by their stemmed terms (TF-IDF). Terms of a query that no text has count in its length. */
export function indexTerms(texts: readonly string[]): TermIndex {
  const termsOf = texts.map((text) => keywordTerms(text));
  const holders = new Map<string, number[]>();
  termsOf.forEach((terms, index) => {
    for (const term of terms) {
      const known = holders.get(term);
      if (known) known.push(index);
      else holders.set(term, [index]);
    }
  });
  const weigh = (terms: readonly string[]): Vector =>
    unit(
      terms.map((term) => [term, Math.log(1 + texts.length / (holders.get(term)?.length ?? 1))]),
    );
  const vectors = termsOf.map(weigh);

  return {
    similarity: (text, index) => dot(weigh(keywordTerms(text)), vectors[index] ?? new Map()),
    closest(text, limit) {
      const query = weigh(keywordTerms(text));
      const candidates = new Set([...query.keys()].flatMap((term) => holders.get(term) ?? []));
      return [...candidates]
        .map((index) => ({ index, similarity: dot(query, vectors[index] ?? new Map()) }))
        .toSorted((a, b) => b.similarity - a.similarity || a.index - b.index)
        .slice(0, limit);
    },
  };
}

function unit(weights: readonly (readonly [string, number])[]): Vector {
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return new Map(weights.map(([term, weight]) => [term, weight / length]));
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [term, weight] of a) sum += weight * (b.get(term) ?? 0);
  return Math.min(1, sum);
}

/** From here on a subject is near the business (marketing.md A13). */
export const RELEVANT = 0.25;

/**
 * How near a subject is to the business, 0–1: its likeness to the closest of what the business says of
 * itself and its best keywords.
 */
export function relevance(subject: string, profile: TermIndex): number {
  return profile.closest(subject, 1)[0]?.similarity ?? 0;
}

export interface KeywordMatch {
  /** Into the keywords that were indexed. */
  readonly index: number;
  /** .5 · shared terms over all terms + .5 · cosine, 0–1. */
  readonly match: number;
}

/** Keywords a trend can be served with, the closest first. @see marketing.md A14 */
export function matchKeywords(
  trend: string,
  keywords: readonly string[],
  index: TermIndex,
  limit: number,
): KeywordMatch[] {
  const terms = new Set(keywordTerms(trend));
  return index
    .closest(trend, 10 * limit)
    .map(({ index: at, similarity }) => {
      const shared = jaccard(new Set(keywordTerms(keywords[at] ?? '')), terms);
      return { index: at, match: 0.5 * shared + 0.5 * similarity };
    })
    .toSorted((a, b) => b.match - a.match || a.index - b.index)
    .slice(0, limit);
}
