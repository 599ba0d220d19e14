import { indexTerms, matchKeywords, relevance } from '../stats/content/relevance.ts';
import { keywordTerms } from '../stats/keyword-terms.ts';

/** A search the business lives from. */
export interface ProfileKeyword {
  readonly id: string;
  readonly text: string;
  /** What a better position is worth; 0 when it is not known. */
  readonly value: number;
}

export interface KeywordMatch extends ProfileKeyword {
  /** 0–1. */
  readonly likeness: number;
}

/** What the business is about, as its searches tell it. */
export interface BusinessProfile {
  /** Likeness of a short text to the nearest search, 0–1; from .25 on it is near. */
  relevance(text: string): number;
  /** Share of the best-covered search that a long text has, 0–1: 1 when all its words are in it. */
  coverage(text: string): number;
  /** The searches nearest to a text, the likest first, of equals the worthiest. */
  match(text: string, most?: number): KeywordMatch[];
}

const LEAST_LIKENESS = 0.1;

/** @see marketing.md A13, A14 */
export function createBusinessProfile(keywords: readonly ProfileKeyword[]): BusinessProfile {
  const texts = keywords.map(({ text }) => text);
  const index = indexTerms(texts);
  const searches = new Map(texts.map((text) => [keywordTerms(text).join(' '), keywordTerms(text)]));

  return {
    relevance: (text) => relevance(text, index),
    coverage(text) {
      const own = new Set(keywordTerms(text));
      let best = 0;
      for (const terms of searches.values()) {
        const count = terms.filter((term) => own.has(term)).length;
        best = Math.max(best, count / terms.length);
        if (best === 1) break;
      }
      return best;
    },
    match: (text, most = 5) =>
      matchKeywords(text, texts, index, most)
        .flatMap(({ index: place, match }) => {
          const keyword = keywords[place];
          return keyword && match >= LEAST_LIKENESS ? [{ ...keyword, likeness: match }] : [];
        })
        .toSorted((a, b) => b.likeness - a.likeness || b.value - a.value),
  };
}
