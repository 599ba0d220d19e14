interface Block {
  readonly weight: number;
  readonly value: number;
  readonly size: number;
}

/**
 * The non-decreasing sequence nearest to `values` by weighted squares (pool adjacent violators).
 *
 * @param weights - Beside `values`; equal when left out.
 * @see Barlow, Bartholomew, Bremner, Brunk: Statistical inference under order restrictions, 1972
 */
export function isotonic(values: readonly number[], weights?: readonly number[]): number[] {
  const pooled: Block[] = [];
  values.forEach((value, index) => {
    let current: Block = { value, weight: weights?.[index] ?? 1, size: 1 };
    for (let last = pooled.at(-1); last && last.value > current.value; last = pooled.at(-1)) {
      pooled.pop();
      const weight = last.weight + current.weight;
      current = {
        weight,
        value: (last.value * last.weight + current.value * current.weight) / weight,
        size: last.size + current.size,
      };
    }
    pooled.push(current);
  });
  return pooled.flatMap(({ value, size }) => Array<number>(size).fill(value));
}
