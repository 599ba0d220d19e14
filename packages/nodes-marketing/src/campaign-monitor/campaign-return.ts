/** What a campaign spent and brought on one channel on one day. */
export interface ChannelDay {
  readonly channel: string;
  /** `2026-11-21` */
  readonly day: string;
  readonly spend: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly revenue: number;
}

export interface MeasuredReturn {
  readonly spend: number;
  readonly revenue: number;
  /** (revenue − spend) / spend; undefined while nothing was spent. */
  readonly roi: number | undefined;
  /** Four of five such campaigns truly return within this; undefined with too few days. */
  readonly interval: { readonly low: number; readonly high: number } | undefined;
}

/** Standard normal: 80 % lie within this many standard deviations. */
const Z_80 = 1.2816;
const LEAST_DAYS = 3;

/**
 * The return of a campaign and how sure it is: the ratio of sums, its variance by linearisation,
 * with the channels as strata because how money is divided among them is decided, not chance.
 *
 * @see Cochran: Sampling Techniques, 1977, §6.11
 */
export function measureReturn(
  days: readonly Pick<ChannelDay, 'channel' | 'spend' | 'revenue'>[],
): MeasuredReturn {
  const spend = sum(days.map((day) => day.spend));
  const revenue = sum(days.map((day) => day.revenue));
  if (spend <= 0) return { spend, revenue, roi: undefined, interval: undefined };
  const ratio = revenue / spend;
  const strata = [...Map.groupBy(days, ({ channel }) => channel).values()];
  if (strata.some(({ length }) => length < LEAST_DAYS))
    return { spend, revenue, roi: ratio - 1, interval: undefined };
  const variance = sum(strata.map((stratum) => varianceOfSum(stratum, ratio)));
  const error = (Z_80 * Math.sqrt(variance)) / spend;
  return {
    spend,
    revenue,
    roi: ratio - 1,
    interval: { low: ratio - 1 - error, high: ratio - 1 + error },
  };
}

/** Variance of Σ (revenue − ratio · spend) over the days of one channel. */
function varianceOfSum(
  days: readonly { readonly spend: number; readonly revenue: number }[],
  ratio: number,
): number {
  const residuals = days.map(({ spend, revenue }) => revenue - ratio * spend);
  const middle = sum(residuals) / residuals.length;
  const squares = sum(residuals.map((residual) => (residual - middle) ** 2));
  return (squares * residuals.length) / (residuals.length - 1);
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
