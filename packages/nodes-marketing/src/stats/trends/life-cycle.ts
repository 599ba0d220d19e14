import { findBursts } from './bursts.ts';
import { isRising } from './control-chart.ts';
import { growthOf, type Growth } from './growth.ts';
import { fitLogistic, type LogisticCurve } from './logistic-curve.ts';

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
const RECENT = 5;

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

  if (isLevel(smooth))
    return { ...shared, stage: 'flat', periodsToPeak: undefined, method: 'rule' };
  return { ...shared, ...stageOf({ values, smooth, level, growth, isBursting }) };
}

interface Evidence {
  readonly values: readonly number[];
  readonly smooth: readonly number[];
  readonly level: number;
  readonly growth: Growth;
  readonly isBursting: boolean;
}

type Stage = Pick<TrendReading, 'stage' | 'periodsToPeak' | 'method'>;

/** By the curve where one fits; a burst still low and rising is emerging whatever the curve says. */
function stageOf(evidence: Evidence): Stage {
  const { values, smooth, level, growth, isBursting } = evidence;
  const curve = smooth.length >= LEAST_POINTS ? fitLogistic(cumulated(smooth)) : undefined;
  const fits = curve !== undefined && curve.r2 >= LEAST_FIT && curve.rate > 0;
  const place = fits ? placeOn(curve, values) : undefined;
  const periodsToPeak = fits && place !== undefined ? Math.max(0, -place / curve.rate) : undefined;
  if ((isBursting || isRising(values)) && growth.slope > 0 && level < 0.8)
    return { stage: 'emerging', periodsToPeak, method: 'rule' };
  if (place === undefined) return byRule(smooth, level, growth);
  if (place < -KNEE) return { stage: 'emerging', periodsToPeak, method: 'curve' };
  const isPast = place > KNEE || (level < 0.5 && growth.slope < 0);
  return isPast
    ? { stage: 'declining', periodsToPeak: 0, method: 'curve' }
    : { stage: 'peak', periodsToPeak, method: 'curve' };
}

/**
 * Place on the curve in units of its rate, 0 where growth is fastest.
 *
 * Before the middle a fitted ceiling is a guess, so the place is read from how much of its first
 * growth is left: d ln y'/dt = −r tanh(u / 2).
 */
function placeOn({ rate, middle }: LogisticCurve, values: readonly number[]): number {
  const fitted = rate * (values.length - 1 - middle);
  if (fitted > 0) return fitted;
  const left = Math.min(0.99, Math.max(-0.99, growthOf(values, RECENT).slope / rate));
  return -2 * Math.atanh(left) + (rate * (RECENT - 1)) / 2;
}

/** For short and rough series that no curve fits. */
function byRule(smooth: readonly number[], level: number, { slope, p }: Growth): Stage {
  const last = smooth.slice(-4);
  const falls =
    last.length === 4 && last.every((value, i) => i === 0 || value < (last[i - 1] ?? 0));
  if (falls && level < 0.8) return { stage: 'declining', periodsToPeak: 0, method: 'rule' };
  if (slope > 0 && p < 0.05 && level < 0.8)
    return { stage: 'emerging', periodsToPeak: undefined, method: 'rule' };
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
