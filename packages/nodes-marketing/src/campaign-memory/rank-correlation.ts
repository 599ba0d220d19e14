/**
 * Spearman's rank correlation, equal values sharing the mean of their ranks.
 *
 * @returns −1 to 1; undefined with fewer than two pairs, or when one side is all equal.
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | undefined {
  const [a, b] = [ranksOf(x), ranksOf(y)];
  const middle = (a.length + 1) / 2;
  let [products, squaresA, squaresB] = [0, 0, 0];
  a.forEach((rank, index) => {
    const [left, right] = [rank - middle, (b[index] ?? middle) - middle];
    products += left * right;
    squaresA += left * left;
    squaresB += right * right;
  });
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : undefined;
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && valueAt(values, order, end) === valueAt(values, order, start))
      end += 1;
    for (let place = start; place < end; place += 1)
      ranks[order[place] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

const valueAt = (values: readonly number[], order: readonly number[], place: number) =>
  values[order[place] ?? 0];
