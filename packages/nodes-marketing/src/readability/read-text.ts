import { bandScore, readability } from '../stats/text/readability.ts';
import { sentencesOf } from '../stats/text/words.ts';

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** How hard a text is to read, and where. */
export interface TextReading {
  readonly words: number;
  readonly sentences: number;
  /** Flesch reading ease; null, like the grade and the score, for a text without words. */
  readonly ease: number | null;
  readonly grade: number | null;
  /** 100 inside the band. */
  readonly score: number | null;
  readonly isInBand: boolean;
  /** The sentences that cost most, the worst first. */
  readonly hardest: readonly { readonly sentence: string; readonly ease: number }[];
  readonly explain: string;
}

const LEAST_WORDS = 4;
/** Formulas of this kind were made for passages, not for single lines. */
const RELIABLE_WORDS = 100;

/** Reads a text without its HTML tags and Markdown signs. @see marketing.md A38 */
export function readText(source: string, band: Band, mostHard: number): TextReading {
  const text = plainText(source);
  const read = readability(text);
  if (!read)
    return {
      words: 0,
      sentences: 0,
      ease: null,
      grade: null,
      score: null,
      isInBand: false,
      hardest: [],
      explain: 'There are no words to read',
    };
  const { words, sentences, ease, grade } = read;
  const isInBand = ease >= band.low && ease <= band.high;
  return {
    words,
    sentences,
    ease,
    grade,
    score: bandScore(ease, band),
    isInBand,
    hardest: hardestOf(text, band.low, mostHard),
    explain: explain({ words, ease, grade }, band),
  };
}

function plainText(source: string): string {
  return source
    .replaceAll(/<(script|style)\b[^>]*>[^<]*<\/\1>/gi, ' ')
    .replaceAll(/<\/(p|h[1-6]|li|div|td)>/gi, '.\n')
    .replaceAll(/<[^<>]+>|&(?:#\d+|[a-z]+);/gi, ' ')
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/^#+ (.*)$/gm, '$1.')
    .replaceAll(/[*_`]/g, '')
    .replaceAll(/([.!?])\s*\.(?=\s|$)/g, '$1');
}

function hardestOf(text: string, low: number, most: number): TextReading['hardest'] {
  return sentencesOf(text)
    .flatMap((sentence) => {
      const read = readability(sentence);
      return read && read.words >= LEAST_WORDS && read.ease < low
        ? [{ sentence, ease: read.ease }]
        : [];
    })
    .toSorted((a, b) => a.ease - b.ease)
    .slice(0, most);
}

function explain(
  { words, ease, grade }: { words: number; ease: number; grade: number },
  { low, high }: Band,
): string {
  const place =
    ease < low
      ? `harder than wanted (${low} to ${high}): shorten sentences and long words`
      : ease > high
        ? `easier than wanted (${low} to ${high})`
        : 'as wanted';
  const short = words < RELIABLE_WORDS ? ` A text of ${words} words tells little.` : '';
  return `Reading ease ${ease.toFixed(0)}, about school year ${Math.max(1, Math.round(grade))}: ${place}.${short}`;
}
