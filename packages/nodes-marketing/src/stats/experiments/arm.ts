/** What one arm of an experiment saw: how many people, and how many of them did it. */
export interface Arm {
  readonly trials: number;
  readonly successes: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const rateOf = ({ trials, successes }: Arm): number =>
  trials === 0 ? 0 : successes / trials;
