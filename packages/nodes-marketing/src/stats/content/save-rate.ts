import type { Interval } from '../experiments/arm.ts';
import { wilsonInterval } from '../experiments/wilson.ts';
import { median } from '../math/describe.ts';

/** How far a post went and how often it was kept. */
export interface SavedPost {
  readonly reach: number;
  readonly saves: number;
}

export interface SaveRates {
  /** Of all posts together: sums, not a mean of rates. */
  readonly rate: number;
  readonly interval: Interval;
  /** The middle post. */
  readonly medianPost: number;
  /** Of each post, drawn towards the channel where few people saw it. */
  readonly shrunk: readonly number[];
}

/** Reach the channel's rate counts for in a post's own. */
const PRIOR_REACH = 500;

/** Saves per person reached. Posts nobody saw are left out of the median. @see marketing.md A37 */
export function saveRates(posts: readonly SavedPost[]): SaveRates {
  const reach = posts.reduce((sum, post) => sum + post.reach, 0);
  const saves = posts.reduce((sum, post) => sum + post.saves, 0);
  const rate = reach === 0 ? 0 : saves / reach;
  const seen = posts.filter((post) => post.reach > 0);
  return {
    rate,
    interval: wilsonInterval({ trials: reach, successes: saves }),
    medianPost: seen.length === 0 ? 0 : median(seen.map((post) => post.saves / post.reach)),
    shrunk: posts.map((post) => (post.saves + PRIOR_REACH * rate) / (post.reach + PRIOR_REACH)),
  };
}
