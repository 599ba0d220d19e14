import { wordsOf } from './words.ts';

/** A text as people copy it: compatibility forms and case folded, addresses and mentions left out. */
export const normalizeText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+/gu, ' ');

/** Runs of `size` words in order; a shorter text is one shingle. */
export function shinglesOf(text: string, size = 3): Set<string> {
  const words = wordsOf(normalizeText(text));
  if (words.length === 0) return new Set();
  if (words.length < size) return new Set([words.join(' ')]);
  return new Set(
    Array.from({ length: words.length - size + 1 }, (_, start) =>
      words.slice(start, start + size).join(' '),
    ),
  );
}

/** Share of A's shingles that B has too: how much of A was taken from B. 0 for an empty A. */
export function containment(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size === 0 ? 0 : countShared(a, b) / a.size;
}

/** Shared shingles over all shingles; 0 when both are empty. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = countShared(a, b);
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}

function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const each of a) if (b.has(each)) count += 1;
  return count;
}

export interface Uniqueness {
  /** 1 − the greatest containment in any source; 1 without sources. */
  readonly score: number;
  readonly isFlagged: boolean;
  /** Index of the source most was taken from. */
  readonly closest: number | undefined;
}

const FLAG_AT = 0.25;

/**
 * How much of a text is its own.
 *
 * @param sources - Texts it may have been taken from.
 * @see Broder: On the resemblance and containment of documents, 1997; marketing.md A40
 */
export function uniqueness(text: string, sources: readonly string[], size = 3): Uniqueness {
  const own = shinglesOf(text, size);
  const shares = sources.map((source) => containment(own, shinglesOf(source, size)));
  const most = Math.max(0, ...shares);
  return {
    score: 1 - most,
    isFlagged: most >= FLAG_AT,
    closest: most > 0 ? shares.indexOf(most) : undefined,
  };
}
