/** Random numbers from a seed: the same seed gives the same numbers on every machine. */
export interface SeededRandom {
  /** Uniform in [0, 1), 32 random bits. */
  next(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** Gamma with this shape (above 0) and scale 1. */
  gamma(shape: number): number;
  /** Beta with these shapes (above 0). */
  beta(a: number, b: number): number;
  /** A copy in random order (Fisher–Yates). */
  shuffle<T>(list: readonly T[]): T[];
}

/**
 * The generator xoshiro128**, its state filled from the seed by splitmix32.
 *
 * @param seed - Any number; its 32 low bits count.
 * @see Blackman, Vigna: Scrambled linear pseudorandom number generators, 2021
 */
export function createRandom(seed: number): SeededRandom {
  const step = splitMix(seed);
  let [a, b, c, d] = [step(), step(), step(), step()];

  function next(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return (result >>> 0) / 4_294_967_296;
  }

  /** Box–Muller; one of the pair is enough. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

  /** Marsaglia and Tsang 2000; shapes below 1 by their boost. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - next()) ** (1 / shape);
    const third = shape - 1 / 3;
    const scale = 1 / Math.sqrt(9 * third);
    for (;;) {
      const x = normal();
      const cube = (1 + scale * x) ** 3;
      if (cube <= 0) continue;
      if (Math.log(1 - next()) < 0.5 * x * x + third * (1 - cube + Math.log(cube)))
        return third * cube;
    }
  }

  const below = (limit: number) => Math.floor(next() * limit);

  return {
    next,
    below,
    normal,
    gamma,
    beta(shapeA, shapeB) {
      const left = gamma(shapeA);
      return left / (left + gamma(shapeB));
    },
    shuffle(list) {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        const [x, y] = [copy[last], copy[other]];
        if (x !== undefined && y !== undefined) {
          copy[last] = y;
          copy[other] = x;
        }
      }
      return copy;
    },
  };
}

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return again ^ (again >>> 15);
  };
}
