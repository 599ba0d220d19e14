/**
 * Area under the ROC curve: the chance that a positive has a higher score than a negative, ties half.
 *
 * @returns .5 when one of the two kinds is missing: nothing was shown.
 */
export function areaUnderCurve(scores: readonly number[], isPositive: readonly boolean[]): number {
  const order = [...scores.keys()].toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const positives = isPositive.filter(Boolean).length;
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end += 1;
    // Tied scores share the mean of their ranks.
    const rank = (start + 1 + end) / 2;
    for (let place = start; place < end; place += 1)
      if (isPositive[order[place] ?? 0]) rankSum += rank;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean squared distance of chances from what came true; 0 is perfect, less is better. */
export const brierScore = (chances: readonly number[], cameTrue: readonly boolean[]): number =>
  chances.reduce((sum, chance, index) => sum + (chance - (cameTrue[index] ? 1 : 0)) ** 2, 0) /
  Math.max(1, chances.length);
