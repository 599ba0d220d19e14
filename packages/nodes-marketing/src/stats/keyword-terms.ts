import { stemmer } from 'stemmer';

const STOP_WORDS = new Set(
  'a an and are as at be by can do does for from get how i in is it me my of on or that the this to was what when where which who why will with you your'.split(
    ' ',
  ),
);

/** The words that carry a keyword's meaning: lower case, stemmed, without stop words, in a fixed order. */
export function keywordTerms(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return [...new Set((telling.length > 0 ? telling : words).map(stemmer))].toSorted();
}

/** Character 3-grams of the padded terms: near-spellings share most of them. */
export function trigrams(terms: readonly string[]): string[] {
  const grams = new Set<string>();
  for (const term of terms) {
    const padded = ` ${term} `;
    for (let at = 0; at + 3 <= padded.length; at++) grams.add(padded.slice(at, at + 3));
  }
  return [...grams];
}
