const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

/** The words of a text as they stand, shortened ones ("don't") whole, hyphenated ones in parts. */
export const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

/** The sentences of a text that hold a word (Unicode's rules for the language). */
export function sentencesOf(text: string, language = 'en'): string[] {
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text);
  return [...segments]
    .map(({ segment }) => segment.trim())
    .filter((part) => wordsOf(part).length > 0);
}
