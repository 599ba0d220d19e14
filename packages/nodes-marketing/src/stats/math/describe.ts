/** Arithmetic mean; NaN without values. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sample variance (n − 1); 0 with fewer than two values. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Middle value; NaN without values. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which a share `p` lies, interpolated (Hyndman and Fan's type 7); NaN without values. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).toSorted();
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/** Median absolute deviation from `centre`, unscaled; NaN without values. */
export const medianDeviation = (values: readonly number[], centre = median(values)): number =>
  median(values.map((value) => Math.abs(value - centre)));
