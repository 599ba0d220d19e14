import { keywordTerms } from '../keyword-terms.ts';

/** How well texts fit documents that are known beforehand. */
export interface DocumentIndex {
  /** Of each document, 0–1: 1 for a text that has all of the document's terms. */
  match(text: string): number[];
}

const K1 = 1.2;
const B = 0.75;

/**
 * Okapi BM25 of short documents; a score is divided by what the document itself would get.
 *
 * @see Robertson, Zaragoza: The probabilistic relevance framework, 2009
 */
export function indexDocuments(documents: readonly string[]): DocumentIndex {
  const terms = documents.map((document) => new Set(keywordTerms(document)));
  const usual = terms.reduce((sum, own) => sum + own.size, 0) / Math.max(1, terms.length);
  const weightOf = (term: string): number => {
    const count = terms.filter((own) => own.has(term)).length;
    return Math.log(1 + (terms.length - count + 0.5) / (count + 0.5));
  };
  const weights = new Map(
    [...new Set(terms.flatMap((own) => [...own]))].map((term) => [term, weightOf(term)]),
  );
  const score = (own: ReadonlySet<string>, asked: ReadonlySet<string>): number => {
    const length = 1 - B + (B * own.size) / usual;
    return [...own]
      .filter((term) => asked.has(term))
      .reduce((sum, term) => sum + ((weights.get(term) ?? 0) * (K1 + 1)) / (1 + K1 * length), 0);
  };
  const whole = terms.map((own) => score(own, own));

  return {
    match(text) {
      const asked = new Set(keywordTerms(text));
      return terms.map((own, index) => {
        const most = whole[index] ?? 0;
        return most === 0 ? 0 : score(own, asked) / most;
      });
    },
  };
}
