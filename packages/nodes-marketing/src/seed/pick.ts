import type { SeededRandom } from '../stats/math/random.ts';

/** One of the list, each as likely as the other. @throws {RangeError} for an empty list. */
export function pick<T>(random: SeededRandom, list: readonly T[]): T {
  const chosen = list[random.below(list.length)];
  if (chosen === undefined) throw new RangeError('There is nothing to pick from');
  return chosen;
}

/** True with this probability. */
export const chance = (random: SeededRandom, probability: number): boolean =>
  random.next() < probability;

const STEP = 2_654_435_761;

/**
 * The n-th of `size` numbers in a scattered order in which none comes twice.
 *
 * @param size - At most 2^26, so that products stay exact.
 */
export function scattered(n: number, size: number): number {
  let step = STEP % size;
  while (greatestDivisor(step, size) !== 1) step += 1;
  return (n * step) % size;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
