import { shinglesOf } from './shingles.ts';

const BITS = 64;

/**
 * SimHash of a text's 3-word shingles: near-duplicates differ in few of the 64 bits.
 *
 * @see Charikar: Similarity estimation techniques from rounding algorithms, 2002
 */
export function simHash(text: string): bigint {
  const votes = new Int32Array(BITS);
  for (const shingle of shinglesOf(text)) {
    const hash = fnv1a64(shingle);
    for (let bit = 0; bit < BITS; bit += 1) {
      const vote = (hash >> BigInt(bit)) & 1n ? 1 : -1;
      votes[bit] = (votes[bit] ?? 0) + vote;
    }
  }
  return votes.reduce((hash, vote, bit) => (vote > 0 ? hash | (1n << BigInt(bit)) : hash), 0n);
}

/** Bits in which two 64-bit fingerprints differ. */
export function hammingDistance(a: bigint, b: bigint): number {
  let different = a ^ b;
  let count = 0;
  while (different) {
    different &= different - 1n;
    count += 1;
  }
  return count;
}

/** Texts this close are copies of each other. @see Manku, Jain, Sarma: Detecting near-duplicates, 2007 */
export const isNearDuplicate = (a: bigint, b: bigint): boolean => hammingDistance(a, b) <= 3;

function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}
