import { hammingDistance } from '../stats/text/fingerprint.ts';
import { compareImages } from '../stats/image/fingerprint.ts';
import { shinglesOf } from '../stats/text/shingles.ts';
import type { Print } from './fingerprint-item.ts';

/** What a piece was taken from. */
export interface Copy {
  /** What the other piece is called. */
  readonly of: string;
  /** Of a text, the share that stands in the other one; of a picture, how many of 64 bits agree. */
  readonly share: number;
  readonly explain: string;
}

/** Counts how much of several texts stands in others, each other text seen once. */
export interface CopyFinder {
  /** @param isAsked - Whether a text, by its place, is to be compared with this one. */
  add(
    source: { readonly name: string; readonly text: string },
    isAsked: (place: number) => boolean,
  ): void;
  /** What most was taken from, of at least this share. */
  closest(place: number, least: number): Copy | undefined;
}

/** @param texts - To be judged; undefined ones are not. */
export function createCopyFinder(texts: readonly (string | undefined)[]): CopyFinder {
  const sizes = texts.map(() => 0);
  const holders = new Map<string, number[]>();
  for (const [place, text] of texts.entries()) {
    const shingles = shinglesOf(text ?? '');
    sizes[place] = shingles.size;
    for (const shingle of shingles) {
      const known = holders.get(shingle);
      if (known) known.push(place);
      else holders.set(shingle, [place]);
    }
  }
  const best = new Map<number, { readonly of: string; readonly share: number }>();

  return {
    add({ name, text }, isAsked) {
      const shared = new Map<number, number>();
      for (const shingle of shinglesOf(text))
        for (const place of holders.get(shingle) ?? [])
          shared.set(place, (shared.get(place) ?? 0) + 1);
      for (const [place, count] of shared) {
        const share = count / (sizes[place] ?? 1);
        if (isAsked(place) && share > (best.get(place)?.share ?? 0))
          best.set(place, { of: name, share });
      }
    },
    closest(place, least) {
      const found = best.get(place);
      if (!found || found.share < least) return undefined;
      const percent = Math.round(100 * found.share);
      return { ...found, explain: `${percent} % of it stands in “${found.of}”` };
    },
  };
}

const TEXT_BITS = 3;

/** Whether a piece is a copy of one of which only the hash was kept. */
export function copyOfHash(
  print: Print,
  { piece, hash }: { piece: string; hash: string },
): Copy | undefined {
  const other = BigInt(`0x${hash}`);
  if (print.kind === 'text') {
    const bits = hammingDistance(BigInt(`0x${print.hash}`), other);
    if (bits > TEXT_BITS) return undefined;
    return { of: piece, share: 1 - bits / 64, explain: `It says the same as “${piece}”` };
  }
  const { bits, isDuplicate, isTurned } = compareImages(
    { perceptual: other, difference: 0n },
    print.variants,
  );
  if (!isDuplicate) return undefined;
  const way = isTurned ? 'the picture, turned or mirrored, of' : 'the picture of';
  return { of: piece, share: 1 - bits / 64, explain: `It is ${way} “${piece}”` };
}
