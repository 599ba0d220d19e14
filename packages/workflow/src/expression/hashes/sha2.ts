import { padMessage } from './bytes.ts';

type Variant = 'sha224' | 'sha256' | 'sha384' | 'sha512';

interface Shape {
  /** Bits of a word. */
  readonly width: 32 | 64;
  readonly rounds: 64 | 80;
  readonly digestBytes: number;
  readonly initial: readonly bigint[];
}

const SHAPES: Readonly<Record<Variant, Shape>> = {
  sha224: {
    width: 32,
    rounds: 64,
    digestBytes: 28,
    initial: rootBits(8, 8, 2, 64).map((bits) => bits & 0xffff_ffffn),
  },
  sha256: { width: 32, rounds: 64, digestBytes: 32, initial: rootBits(0, 8, 2, 32) },
  sha384: { width: 64, rounds: 80, digestBytes: 48, initial: rootBits(8, 8, 2, 64) },
  sha512: { width: 64, rounds: 80, digestBytes: 64, initial: rootBits(0, 8, 2, 64) },
};

const ROTATIONS = {
  32: {
    big0: [2, 13, 22],
    big1: [6, 11, 25],
    small0: [7, 18],
    shift0: 3,
    small1: [17, 19],
    shift1: 10,
  },
  64: {
    big0: [28, 34, 39],
    big1: [14, 18, 41],
    small0: [1, 8],
    shift0: 7,
    small1: [19, 61],
    shift1: 6,
  },
} as const;

/**
 * SHA-224, SHA-256, SHA-384 and SHA-512. One algorithm over words of 32 or 64 bits; the constants are
 * the fractions of square and cube roots of primes, as the standard defines them.
 *
 * @see FIPS 180-4 §6.2–6.5
 */
export function sha2(variant: Variant, message: Uint8Array): Uint8Array {
  const shape = SHAPES[variant];
  const { width, rounds, digestBytes } = shape;
  const view = padMessage(message, width === 32 ? 64 : 128);
  const constants = rootBits(0, rounds, 3, width);
  let state = [...shape.initial];
  for (let offset = 0; offset < view.byteLength; offset += width * 2)
    state = addBlock(state, view, offset, constants, width);
  const digest = new DataView(new ArrayBuffer(64));
  for (const [index, word] of state.entries()) writeWord(digest, index, word, width);
  return new Uint8Array(digest.buffer).slice(0, digestBytes);
}

function writeWord(digest: DataView, index: number, word: bigint, width: 32 | 64): void {
  if (width === 64) digest.setBigUint64(index * 8, word);
  else digest.setUint32(index * 4, Number(word));
}

function addBlock(
  state: readonly bigint[],
  view: DataView,
  offset: number,
  constants: readonly bigint[],
  width: 32 | 64,
): bigint[] {
  const spins = ROTATIONS[width];
  const wrap = (value: bigint) => BigInt.asUintN(width, value);
  const rotate = (value: bigint, bits: number) =>
    (value >> BigInt(bits)) | wrap(value << BigInt(width - bits));
  const spin = (value: bigint, bits: readonly number[]) =>
    bits.reduce((mixed, count) => mixed ^ rotate(value, count), 0n);
  const words: bigint[] = [];
  for (let index = 0; index < constants.length; index++) {
    if (index < 16) {
      words.push(
        width === 64
          ? view.getBigUint64(offset + index * 8)
          : BigInt(view.getUint32(offset + index * 4)),
      );
      continue;
    }
    const before15 = words[index - 15] ?? 0n;
    const before2 = words[index - 2] ?? 0n;
    const small0 = spin(before15, spins.small0) ^ (before15 >> BigInt(spins.shift0));
    const small1 = spin(before2, spins.small1) ^ (before2 >> BigInt(spins.shift1));
    words.push(wrap((words[index - 16] ?? 0n) + small0 + (words[index - 7] ?? 0n) + small1));
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (const [index, word] of words.entries()) {
    const one = wrap(
      h + spin(e, spins.big1) + ((e & f) ^ (wrap(~e) & g)) + (constants[index] ?? 0n) + word,
    );
    const two = wrap(spin(a, spins.big0) + ((a & b) ^ (a & c) ^ (b & c)));
    [h, g, f, e, d, c, b, a] = [g, f, e, wrap(d + one), c, b, a, wrap(one + two)];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => wrap(word + (state[index] ?? 0n)));
}

/** First `width` bits of the fractions of the `degree`-th roots of `count` primes, from the `skip`-th on. */
function rootBits(skip: number, count: number, degree: 2 | 3, width: 32 | 64): bigint[] {
  return firstPrimes(skip + count)
    .slice(skip)
    .map((prime) =>
      BigInt.asUintN(width, integerRoot(BigInt(prime) << BigInt(width * degree), degree)),
    );
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** The largest integer whose `degree`-th power is at most `value`, by bisection. */
function integerRoot(value: bigint, degree: 2 | 3): bigint {
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / degree) + 1);
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(degree) <= value) low = middle;
    else high = middle;
  }
  return low;
}
