import { createRandom } from '../math/random.ts';

export interface Spread {
  readonly viewers: number;
  readonly shares: number;
  /** People who came through a share. */
  readonly arrivals: number;
}

export interface ViralCoefficient {
  /** New people each person brings: above 1 it grows by itself. */
  readonly k: number;
  /** 80 % of the belief about K lies within. */
  readonly interval: { readonly low: number; readonly high: number };
  /** The lower bound passes the threshold. */
  readonly isViral: boolean;
}

const DRAWS = 4000;

/**
 * K = shares per viewer × new viewers per share, with an interval from Gamma beliefs about both,
 * each drawn towards the channel's usual values.
 *
 * @param usual - Usual shares per viewer and arrivals per share of the channel.
 * @see marketing.md A12
 */
export function viralCoefficient(
  { viewers, shares, arrivals }: Spread,
  {
    usual = { sharesPerViewer: 0.01, arrivalsPerShare: 1 },
    threshold = 1,
    seed = 1,
  }: {
    readonly usual?: { readonly sharesPerViewer: number; readonly arrivalsPerShare: number };
    readonly threshold?: number;
    readonly seed?: number;
  } = {},
): ViralCoefficient {
  const random = createRandom(seed);
  const [priorViewers, priorShares] = [100, 5];
  const shareShape = shares + priorViewers * usual.sharesPerViewer;
  const arrivalShape = arrivals + priorShares * usual.arrivalsPerShare;
  const draws = Float64Array.from(
    { length: DRAWS },
    () =>
      (random.gamma(shareShape) / (viewers + priorViewers)) *
      (random.gamma(arrivalShape) / (shares + priorShares)),
  ).toSorted();
  const low = draws[Math.floor(DRAWS * 0.1)] ?? 0;
  const high = draws[Math.floor(DRAWS * 0.9)] ?? 0;
  const k = (shareShape / (viewers + priorViewers)) * (arrivalShape / (shares + priorShares));
  return { k, interval: { low, high }, isViral: low > threshold };
}

/** People reached after `cycles`, from `start` on: u₀ (K^{t+1} − 1) / (K − 1). */
export function reachAfter(start: number, k: number, cycles: number): number {
  if (Math.abs(k - 1) < 1e-9) return start * (cycles + 1);
  return (start * (k ** (cycles + 1) - 1)) / (k - 1);
}
