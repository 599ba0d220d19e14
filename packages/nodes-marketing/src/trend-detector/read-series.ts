import { median } from '../stats/math/describe.ts';
import { readTrend, type TrendReading, type TrendStage } from '../stats/trends/life-cycle.ts';
import { viralCoefficient, type ViralCoefficient } from '../stats/trends/viral.ts';

/** Interest at one time. */
export interface TrendPoint {
  /** ms since the epoch. */
  readonly at: number;
  readonly value: number;
  /** How often it was shared then; null when that is not known. */
  readonly shares: number | null;
}

export interface SeriesReading extends Omit<TrendReading, 'growth' | 'periodsToPeak'> {
  /** Change of ln interest a period, and how likely none at all would look like it. */
  readonly growth: number;
  readonly growthP: number;
  /** `null` when nothing can be said, 0 when the peak has been. */
  readonly hoursToPeak: number | null;
  /** `null` when shares are not known, or interest is flat or falls: nothing spreads then. */
  readonly viral: ViralCoefficient | null;
}

export interface SeriesOptions {
  /** Viral is what surely brings more new people a person than this. */
  readonly viralThreshold?: number;
  readonly seed?: number;
}

const HOUR_MS = 3_600_000;
/** A peak further ahead than this share of the series is a guess, not a forecast. */
const FORESEEABLE = 0.5;
const YEAR_MS = 365 * 24 * HOUR_MS;

const SPREADING: ReadonlySet<TrendStage> = new Set(['emerging', 'peak', 'seasonal']);

/** Where a trend stands, from its points in order of time. */
export function readSeries(
  points: readonly TrendPoint[],
  { viralThreshold = 1, seed = 1 }: SeriesOptions = {},
): SeriesReading {
  const periodMs = usualGap(points);
  const { growth, periodsToPeak, ...reading } = readTrend(
    points.map(({ value }) => Math.max(0, value)),
    Math.max(2, Math.round(YEAR_MS / periodMs)),
  );
  const isForeseeable = periodsToPeak !== undefined && periodsToPeak <= points.length * FORESEEABLE;
  return {
    ...reading,
    growth: growth.slope,
    growthP: growth.p,
    hoursToPeak: isForeseeable ? (periodsToPeak * periodMs) / HOUR_MS : null,
    viral: SPREADING.has(reading.stage) ? viralityOf(points, viralThreshold, seed) : null,
  };
}

/** The middle distance of two points; a day for fewer than two. */
function usualGap(points: readonly TrendPoint[]): number {
  const gaps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at));
  const usual = gaps.length === 0 ? 0 : median(gaps);
  return usual > 0 ? usual : 24 * HOUR_MS;
}

/** People who came through shares: the rise after each period, regressed on the shares in it. */
function viralityOf(
  points: readonly TrendPoint[],
  threshold: number,
  seed: number,
): ViralCoefficient | null {
  if (!points.some(({ shares }) => shares !== null)) return null;
  let [shares, viewers, product, squares] = [0, 0, 0, 0];
  for (const [index, point] of points.entries()) {
    const shared = point.shares ?? 0;
    shares += shared;
    viewers += Math.max(0, point.value);
    const next = points[index + 1];
    if (!next) continue;
    product += shared * (next.value - point.value);
    squares += shared ** 2;
  }
  const perShare = squares === 0 ? 0 : Math.max(0, product / squares);
  return viralCoefficient({ viewers, shares, arrivals: perShare * shares }, { threshold, seed });
}

/** How far along its life a stage is. */
const ORDER: Readonly<Record<TrendStage, number>> = {
  flat: 0,
  seasonal: 0,
  emerging: 1,
  peak: 2,
  declining: 3,
};
/** Readings that have to agree before a stage changes. */
const AGREEING = 3;

/**
 * The stage to believe: a new one counts after three readings that agree, and a trend goes back only
 * when it catches fire again.
 */
export function settledStage(
  points: readonly TrendPoint[],
  reading: Pick<SeriesReading, 'stage' | 'isBursting'>,
  before: TrendStage | undefined,
): TrendStage {
  const { stage, isBursting } = reading;
  if (before === undefined || stage === before) return stage;
  const isBack = ORDER[stage] > 0 && ORDER[stage] < ORDER[before];
  if (isBack && !(stage === 'emerging' && isBursting)) return before;
  const earlier = Array.from({ length: AGREEING - 1 }, (_, left) =>
    points.slice(0, points.length - 1 - left),
  );
  return earlier.every((part) => readSeries(part).stage === stage) ? stage : before;
}
