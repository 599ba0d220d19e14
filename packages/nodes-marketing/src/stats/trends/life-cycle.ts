import { findBursts } from './bursts.ts';
import { isRising } from './control-chart.ts';
import { growthOf, type Growth } from './growth.ts';
import { fitLogistic } from './logistic-curve.ts';

export type TrendStage = 'emerging' | 'peak' | 'declining' | 'seasonal' | 'flat';

export interface TrendReading {
  readonly stage: TrendStage;
  /** Periods until interest is greatest; 0 when it has been. `undefined` when nothing can be said. */
  readonly periodsToPeak: number | undefined;
  readonly growth: Growth;
  readonly isBursting: boolean;
  /** Last smoothed value over the greatest one so far, 0–1. */
  readonly level: number;
  /** How the stage was found: a fitted curve, or the rule for short and rough series. */
  readonly method: 'curve' | 'rule';
}

/** ln(2 + √3): where the growth of a logistic curve rises and falls fastest. */
const KNEE = Math.log(2 + Math.sqrt(3));
const LEAST_FIT = 0.8;
const LEAST_POINTS = 12;
const SEASON = 0.5;

/**
 * Where in its life a trend stands.
 *
 * @param values - Interest in each period, oldest first, 0 or more.
 * @param period - Length of a season in periods, e.g. 52 for weeks; series shorter than two are never seasonal.
 * @see marketing.md A10, A11
 */
export function readTrend(values: readonly number[], period = 52): TrendReading {
  const smooth = smoothed(values);
  const top = Math.max(0, ...smooth);
  const level = top === 0 ? 0 : (smooth.at(-1) ?? 0) / top;
  const growth = growthOf(values);
  const isBursting = findBursts(values).some(({ isOpen }) => isOpen);
  const shared = { growth, isBursting, level };
  if (top === 0) return { ...shared, stage: 'flat', periodsToPeak: undefined, method: 'rule' };
  if (yearlyLikeness(values, period) > SEASON)
    return { ...shared, stage: 'seasonal', periodsToPeak: undefined, method: 'rule' };

  const isEmerging = (isBursting || isRising(values)) && growth.slope > 0 && level < 0.8;
  if (isEmerging) {
    return { ...shared, stage: 'emerging', periodsToPeak: peakAhead(smooth), method: 'rule' };
  }
  return { ...shared, ...byCurve(smooth, level, growth) };
}

function byCurve(
  smooth: readonly number[],
  level: number,
  growth: Growth,
): Pick<TrendReading, 'stage' | 'periodsToPeak' | 'method'> {
  const curve = smooth.length >= LEAST_POINTS ? fitLogistic(cumulated(smooth)) : undefined;
  if (!curve || curve.r2 < LEAST_FIT || curve.rate <= 0) return byRule(smooth, level, growth);
  const last = smooth.length - 1;
  const place = curve.rate * (last - curve.middle);
  const periodsToPeak = Math.max(0, curve.middle - last);
  if (Math.abs(place) <= KNEE && level < 0.5 && growth.slope < 0)
    return { stage: 'declining', periodsToPeak: 0, method: 'curve' };
  if (isLevel(smooth)) return { stage: 'flat', periodsToPeak: undefined, method: 'curve' };
  const stage = place < -KNEE ? 'emerging' : place > KNEE ? 'declining' : 'peak';
  return { stage, periodsToPeak, method: 'curve' };
}

function byRule(
  smooth: readonly number[],
  level: number,
  { slope, p }: Growth,
): Pick<TrendReading, 'stage' | 'periodsToPeak' | 'method'> {
  const last = smooth.slice(-4);
  const falls =
    last.length === 4 && last.every((value, i) => i === 0 || value < (last[i - 1] ?? 0));
  if (isLevel(smooth)) return { stage: 'flat', periodsToPeak: undefined, method: 'rule' };
  if (falls && level < 0.8) return { stage: 'declining', periodsToPeak: 0, method: 'rule' };
  if (slope > 0 && p < 0.05 && level < 0.8)
    return { stage: 'emerging', periodsToPeak: peakAhead(smooth), method: 'rule' };
  if (level >= 0.8) return { stage: 'peak', periodsToPeak: 0, method: 'rule' };
  return slope < 0
    ? { stage: 'declining', periodsToPeak: 0, method: 'rule' }
    : { stage: 'flat', periodsToPeak: undefined, method: 'rule' };
}

/** Nothing ever rose above the usual: the greatest smoothed value is near the middle one. */
function isLevel(smooth: readonly number[]): boolean {
  const sorted = smooth.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const top = sorted.at(-1) ?? 0;
  return middle > 0 && top < 1.35 * middle && (sorted[0] ?? 0) > 0.65 * middle;
}

/** Periods until a fitted curve grows fastest; `undefined` when no curve fits. */
function peakAhead(smooth: readonly number[]): number | undefined {
  const curve = fitLogistic(cumulated(smooth));
  if (!curve || curve.r2 < LEAST_FIT || curve.rate <= 0) return undefined;
  return Math.max(0, curve.middle - (smooth.length - 1));
}

/** Mean of each value and its neighbours. */
const smoothed = (values: readonly number[]): number[] =>
  values.map((_, index) => {
    const near = values.slice(Math.max(0, index - 1), index + 2);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });

function cumulated(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

/** Correlation of the series with itself one season earlier; 0 with fewer than two seasons. */
function yearlyLikeness(values: readonly number[], period: number): number {
  if (values.length < 2 * period) return 0;
  const [now, before] = [values.slice(period), values.slice(0, -period)];
  return correlation(now, before);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) =>
    list.reduce((sum, value) => sum + value, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, index) => {
    const other = (b[index] ?? 0) - mb;
    ab += (value - ma) * other;
    aa += (value - ma) ** 2;
    bb += other ** 2;
  });
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
