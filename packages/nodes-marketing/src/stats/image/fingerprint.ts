import { median } from '../math/describe.ts';
import { hammingDistance } from '../text/fingerprint.ts';
import { mirror, shrink, turnOver, type GreyImage } from './pixels.ts';

export interface ImageFingerprint {
  /** 64 bits of the picture's coarse waves: steady under sharpening, contrast and size. */
  readonly perceptual: bigint;
  /** 64 bits of where it gets brighter to the right. */
  readonly difference: bigint;
}

/** Both fingerprints of a picture as it is. @see Zauner: Perceptual image hash functions, 2010 */
export const fingerprintImage = (image: GreyImage): ImageFingerprint => ({
  perceptual: perceptualHash(image),
  difference: differenceHash(image),
});

/** The eight ways a picture can be turned and mirrored, as it is first: plain hashes miss all others. */
export function fingerprintVariants(image: GreyImage): ImageFingerprint[] {
  const small = shrink(image, 256, 256);
  const variants = [small];
  for (let quarter = 1; quarter < 4; quarter += 1)
    variants.push(mirror(turnOver(variants[quarter - 1] ?? small)));
  return [...variants, ...variants.map(mirror)].map(fingerprintImage);
}

const DUPLICATE_BITS = 8;

export interface ImageLikeness {
  /** Differing bits of the perceptual hash, 0–64, of the closest way to turn the other picture. */
  readonly bits: number;
  readonly isDuplicate: boolean;
  /** The other picture was turned or mirrored. */
  readonly isTurned: boolean;
}

/** How alike a picture is to another, given all the other's variants. @see marketing.md A36 */
export function compareImages(
  own: ImageFingerprint,
  other: readonly ImageFingerprint[],
): ImageLikeness {
  const distances = other.map(({ perceptual }) => hammingDistance(own.perceptual, perceptual));
  const bits = Math.min(64, ...distances);
  return { bits, isDuplicate: bits <= DUPLICATE_BITS, isTurned: distances.indexOf(bits) > 0 };
}

const SIZE = 32;
const KEPT = 8;

function perceptualHash(image: GreyImage): bigint {
  const { values } = shrink(image, SIZE, SIZE);
  const waves = Array.from({ length: KEPT * KEPT }, (_, at) =>
    wave(values, at % KEPT, Math.floor(at / KEPT)),
  );
  const middle = median(waves);
  return bitsOf(waves.map((strength) => strength > middle));
}

/** One coefficient of the cosine transform (type II). */
function wave(values: Float64Array, u: number, v: number): number {
  let sum = 0;
  for (let y = 0; y < SIZE; y += 1) {
    const down = COSINES[v * SIZE + y] ?? 0;
    for (let x = 0; x < SIZE; x += 1)
      sum += (values[y * SIZE + x] ?? 0) * down * (COSINES[u * SIZE + x] ?? 0);
  }
  return sum;
}

const COSINES = Float64Array.from({ length: KEPT * SIZE }, (_, at) =>
  Math.cos((Math.PI * Math.floor(at / SIZE) * (2 * (at % SIZE) + 1)) / (2 * SIZE)),
);

function differenceHash(image: GreyImage): bigint {
  const { width, values } = shrink(image, KEPT + 1, KEPT);
  return bitsOf(
    Array.from({ length: KEPT * KEPT }, (_, at) => {
      const left = Math.floor(at / KEPT) * width + (at % KEPT);
      return (values[left + 1] ?? 0) > (values[left] ?? 0);
    }),
  );
}

const bitsOf = (bits: readonly boolean[]): bigint =>
  bits.reduce((hash, bit) => (hash << 1n) | (bit ? 1n : 0n), 0n);
