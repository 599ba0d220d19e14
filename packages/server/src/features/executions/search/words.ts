const MAX_WORDS = 20_000;
const MAX_LENGTH = 64;

/** The words of a text as the index knows them: letters and digits, small, without accents, each once. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = new Set<string>();
  for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
    words.add(word.slice(0, MAX_LENGTH));
    if (words.size >= MAX_WORDS) break;
  }
  return [...words];
}

/** The text inside stored JSON, without escapes and without the names every item has. */
export const textOfJson = (json: string): string =>
  json.replace(/"(?:json|pairedItem|item|input|binary)":|\\(?:u[0-9a-f]{4}|.)/g, ' ');
