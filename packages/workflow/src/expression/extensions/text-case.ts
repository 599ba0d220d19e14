/** Lower case with a capital after each `.`, `!` or `?`. */
export const toSentenceCase = (text: string): string =>
  text
    .toLowerCase()
    .replace(
      /(^\s*|[.!?]\s+)(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    );

/** Lower case, spaces and hyphens as `_`, other punctuation dropped. */
export const toSnakeCase = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[ -]/g, '_')
    .replace(/[^\p{L}\p{N}_]/gu, '');

const SMALL_WORDS = new Set(
  'a an and as at because but by en for if in neither nor of on only or over per so some than that the to up upon v vs versus via when with without yet'.split(
    ' ',
  ),
);

/** Capitals for all words but small ones inside; words that hold capitals already stay as they are. */
export function toTitleCase(text: string): string {
  return text.replace(/[^\s:–—-]+/g, (word, index: number) => {
    if (/.(?:[A-Z]|\..)/.test(word)) return word;
    const isInside = index > 0 && index + word.length < text.length;
    if (isInside && SMALL_WORDS.has(word.toLowerCase().replace(/\.$/, ''))) return word;
    return word.replace(/[A-Za-z0-9\u00C0-\u00FF]/, (letter) => letter.toUpperCase());
  });
}
