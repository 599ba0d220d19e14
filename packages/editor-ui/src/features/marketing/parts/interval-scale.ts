/** A value with its interval; each may be unknown. */
export interface Interval {
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
}

/** One line of a plot of intervals. */
export interface IntervalRow extends Interval {
  readonly key: string;
  readonly label: string;
  /** Small words beside the label. */
  readonly note?: string | undefined;
  /** A second value to compare with, such as a prediction. */
  readonly other?: Interval | undefined;
}

/** Nine of ten bands fit whole; a few wide ones are cut rather than squeezing all others flat. */
const FITTED = 0.92;

/**
 * One axis for many intervals.
 *
 * @param anchors - Values that have to be on it, such as zero.
 * @returns Ends of the axis, and where a value stands on it in percent: 0–100, also for those beyond.
 */
export function intervalScale(intervals: readonly Interval[], anchors: readonly number[] = []) {
  const lows = intervals.flatMap(({ value, low }) => low ?? value ?? []);
  const highs = intervals.flatMap(({ value, high }) => high ?? value ?? []);
  const values = intervals.flatMap(({ value }) => value ?? []);
  const least = Math.min(quantile(lows, 1 - FITTED), ...values, ...anchors);
  const most = Math.max(quantile(highs, FITTED), ...values, ...anchors);
  const [start, end] = Number.isFinite(least) && Number.isFinite(most) ? [least, most] : [0, 1];
  const span = end - start || 1;
  const place = (value: number) => Math.min(100, Math.max(0, ((value - start) / span) * 100));
  return { start, end: start + span, place };
}

/** Of nothing it is not a number, and the axis falls back to 0–1. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}
