import { syllable } from 'syllable';
import { sentencesOf, wordsOf } from './words.ts';

export interface Readability {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
  /** Flesch reading ease: 100 is very easy, 0 very hard; English. */
  readonly ease: number;
  /** Flesch–Kincaid grade: years of school. */
  readonly grade: number;
}

/**
 * How hard an English text is to read.
 *
 * FRE = 206.835 − 1.015 W/S − 84.6 Syl/W; FK grade = .39 W/S + 11.8 Syl/W − 15.59.
 *
 * @returns `undefined` for a text without words.
 * @see Flesch: A new readability yardstick, 1948; Kincaid et al. 1975
 */
export function readability(text: string): Readability | undefined {
  const list = wordsOf(text);
  if (list.length === 0) return undefined;
  const sentences = sentencesOf(text).length;
  const syllables = list.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  const perSentence = list.length / sentences;
  const perWord = syllables / list.length;
  return {
    words: list.length,
    sentences,
    syllables,
    ease: 206.835 - 1.015 * perSentence - 84.6 * perWord,
    grade: 0.39 * perSentence + 11.8 * perWord - 15.59,
  };
}

/** 100 within the band, falling by 2.5 for each point of reading ease outside it, never below 0. */
export function bandScore(
  ease: number,
  band: { readonly low: number; readonly high: number },
): number {
  const outside = Math.max(band.low - ease, ease - band.high, 0);
  return Math.max(0, 100 - 2.5 * outside);
}
