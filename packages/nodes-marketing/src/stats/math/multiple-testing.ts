/**
 * Benjamini and Hochberg's q-values: the least false discovery rate at which each test counts.
 *
 * @param p - Any order; the result keeps it.
 * @see Benjamini, Hochberg: Controlling the false discovery rate, 1995
 */
export function falseDiscoveryRates(p: readonly number[]): number[] {
  const order = [...p.keys()].toSorted((a, b) => (p[b] ?? 1) - (p[a] ?? 1));
  const rates = Array<number>(p.length).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    least = Math.min(least, ((p[index] ?? 1) * p.length) / (p.length - place));
    rates[index] = least;
  });
  return rates;
}
