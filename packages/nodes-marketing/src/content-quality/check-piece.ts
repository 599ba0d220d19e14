import { containment, shinglesOf } from '../stats/text/shingles.ts';
import { bandScore, readability } from '../stats/text/readability.ts';
import { isNearDuplicate, simHash } from '../stats/text/fingerprint.ts';
import { scorePage } from '../stats/content/on-page.ts';
import { pageHtml, type PageFacts } from './page-html.ts';

/** A piece before it goes out, and what it is to be found for. */
export interface PieceDraft extends PageFacts {
  readonly url: string;
  readonly keyword: string;
  /** Subjects it has to speak of. */
  readonly terms: readonly string[];
  readonly words: number;
}

/** A piece of the own library. */
export interface KnownPiece {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** SimHash, 16 hexadecimal digits. */
  readonly fingerprint: string | null;
}

export interface PieceQuality {
  /** 0–1: the weighted mean of the three. */
  readonly score: number;
  /** 0–1 each. */
  readonly scores: {
    readonly readability: number;
    readonly uniqueness: number;
    readonly onPage: number;
  };
  readonly verdict: 'approve' | 'fix' | 'review';
  /** What to mend, in words. */
  readonly problems: readonly string[];
  readonly fingerprint: string;
}

/** Flesch reading ease of texts most people like to read. */
const EASE = { low: 50, high: 85 } as const;
const WEIGHTS = { readability: 0.2, uniqueness: 0.4, onPage: 0.4 } as const;
const APPROVE_AT = 0.8;
const FIX_AT = 0.6;
/** More than a quarter of the text stands somewhere else: a person has to look, whatever the rest says. */
const COPIED = 0.25;
/** A piece with less than this share of its words is not finished, however good they are. */
const WHOLE = 0.6;
const WORST_CHECKS = 4;

/**
 * Whether a piece may go out: easy to read, not taken from our own library, ready to be found.
 *
 * @see marketing.md A38, A39, A40, A42
 */
export function checkPiece(page: PieceDraft, library: readonly KnownPiece[]): PieceQuality {
  const text = page.body.replaceAll(/^#+ |[*_`]|\]\([^)]*\)/gm, '');
  const copied = mostTaken(text, library);
  const { ease = 0, grade = 0, words = 0 } = readability(text) ?? {};
  const onPage = scorePage(pageHtml(page), {
    keyword: page.keyword,
    url: page.url,
    subtopics: page.terms,
    terms: page.terms,
    targetWords: page.words,
  });
  const scores = {
    readability: bandScore(ease, EASE) / 100,
    uniqueness: 1 - copied.share,
    onPage: onPage.score / 100,
  };
  const score =
    WEIGHTS.readability * scores.readability +
    WEIGHTS.uniqueness * scores.uniqueness +
    WEIGHTS.onPage * scores.onPage;
  const isCopied = copied.share >= COPIED;
  const isWhole = score >= APPROVE_AT && words >= WHOLE * page.words;
  return {
    score,
    scores,
    verdict: isCopied || score < FIX_AT ? 'review' : isWhole ? 'approve' : 'fix',
    problems: [
      ...(isCopied
        ? [`${Math.round(100 * copied.share)} % of it stands in “${copied.title}”`]
        : []),
      ...(scores.readability < 1 ? [`It reads like school year ${Math.round(grade)}`] : []),
      ...onPage.checks
        .filter(({ advice }) => advice !== '')
        .toSorted((a, b) => b.of - b.points - (a.of - a.points))
        .slice(0, WORST_CHECKS)
        .map(({ advice }) => advice),
    ],
    fingerprint: fingerprintOf(text),
  };
}

export const fingerprintOf = (text: string): string => simHash(text).toString(16).padStart(16, '0');

/** The piece of the library most was taken from. Pieces that cannot be alike by their fingerprint count by it. */
function mostTaken(
  text: string,
  library: readonly KnownPiece[],
): { readonly share: number; readonly title: string } {
  const own = shinglesOf(text);
  const hash = simHash(text);
  let most = { share: 0, title: '' };
  for (const { title, body, fingerprint } of library) {
    const isSame = fingerprint !== null && isNearDuplicate(hash, BigInt(`0x${fingerprint}`));
    const share = isSame ? 1 : containment(own, shinglesOf(body));
    if (share > most.share) most = { share, title };
  }
  return most;
}
