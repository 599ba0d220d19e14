import { isotonic } from './math/isotonic.ts';

/** Share of searchers who click a result, by position 1…20. */
export type CtrCurve = readonly number[];

/** SISTRIX 2020, 80 million keywords: positions 1–10; 11–20 fall from 1 % to .3 % (marketing.md A01). */
export const PRIOR_CTR: CtrCurve = [
  0.285, 0.157, 0.11, 0.08, 0.072, 0.051, 0.04, 0.032, 0.028, 0.025, 0.01, 0.0092, 0.0084, 0.0077,
  0.0069, 0.0061, 0.0053, 0.0046, 0.0038, 0.003,
];

const PRIOR_IMPRESSIONS = 500;

export interface RankedClicks {
  /** Mean position, 1 or more. */
  readonly position: number;
  readonly clicks: number;
  readonly impressions: number;
}

/** Takes ranked searches one after the other and fits a curve to them. */
export interface CtrFit {
  add(row: RankedClicks): void;
  curve(): CtrCurve;
}

/**
 * The site's own click curve: observed clicks drawn towards the prior where impressions are few
 * (κ = 500), then made non-increasing by pooling adjacent violators. Without rows it is the prior.
 *
 * @see marketing.md A01; isotonic regression: Barlow et al. 1972
 */
export function startCtrFit(prior: CtrCurve = PRIOR_CTR): CtrFit {
  const clicks = prior.map(() => 0);
  const impressions = prior.map(() => 0);
  return {
    add(row) {
      const index = Math.round(row.position) - 1;
      if (index < 0 || index >= prior.length) return;
      clicks[index] = (clicks[index] ?? 0) + row.clicks;
      impressions[index] = (impressions[index] ?? 0) + row.impressions;
    },
    curve() {
      const weights = impressions.map((seen) => seen + PRIOR_IMPRESSIONS);
      const rates = prior.map(
        (rate, index) => ((clicks[index] ?? 0) + PRIOR_IMPRESSIONS * rate) / (weights[index] ?? 1),
      );
      return isotonic(
        rates.map((rate) => -rate),
        weights,
      ).map((rate) => -rate);
    },
  };
}

/**
 * {@link startCtrFit} over rows at hand.
 *
 * @param rows - Search Console rows; positions are rounded.
 */
export function fitCtrCurve(rows: readonly RankedClicks[], prior: CtrCurve = PRIOR_CTR): CtrCurve {
  const fit = startCtrFit(prior);
  for (const row of rows) fit.add(row);
  return fit.curve();
}

/** Expected click share at a position, interpolated between whole ones; 0 below the curve's end. */
export function ctrAt(curve: CtrCurve, position: number): number {
  if (position > curve.length) return 0;
  const below = Math.max(1, Math.floor(position));
  const low = curve[below - 1] ?? 0;
  const high = curve[below] ?? low;
  return low + (high - low) * (Math.max(1, position) - below);
}
