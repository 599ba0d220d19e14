/** A stretch of a series, by index, in which an anomaly is to be reported. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** A series of the benchmark and where a detector raised an alarm. */
export interface Judged {
  readonly length: number;
  readonly windows: readonly Window[];
  /** Indexes, ascending. */
  readonly alarms: readonly number[];
}

export interface NabScore {
  /** 0 says nothing, 100 reports every anomaly at its window's first point and nothing else. */
  readonly score: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

const FALSE_POSITIVE_WEIGHT = 0.11;
const PROBATION_SHARE = 0.15;
const LONGEST_PROBATION = 750;
const FAR_AWAY = 3;

/**
 * The Numenta Anomaly Benchmark's score with its standard profile: within a window the earliest alarm
 * counts, the earlier the more; an alarm outside costs .11, less shortly after a window.
 *
 * @see Lavin, Ahmad: Evaluating real-time anomaly detection algorithms, 2015
 */
export function nabScore(all: readonly Judged[]): NabScore {
  let [raw, wanted, truePositives, falsePositives] = [0, 0, 0, 0];
  for (const judged of all) {
    const counted = judged.alarms.filter((index) => index >= probation(judged.length));
    const { windows } = judged;
    wanted += windows.length;
    for (const window of windows) {
      const within = counted.filter((index) => index >= window.first && index <= window.last);
      truePositives += within.length;
      raw += within.length === 0 ? -1 : rewardAt(window, Math.min(...within));
    }
    for (const index of counted) {
      if (windows.some(({ first, last }) => index >= first && index <= last)) continue;
      falsePositives += 1;
      raw += FALSE_POSITIVE_WEIGHT * penaltyAt(windows, index);
    }
  }
  return { score: (100 * (raw + wanted)) / (2 * wanted), truePositives, falsePositives };
}

const probation = (length: number): number =>
  Math.min(Math.floor(PROBATION_SHARE * length), PROBATION_SHARE * 5000, LONGEST_PROBATION);

const widthOf = ({ first, last }: Window): number => last - first + 1;

const rewardAt = (window: Window, index: number): number =>
  sigmoid(-(window.last - index + 1) / widthOf(window)) / sigmoid(-1);

function penaltyAt(windows: readonly Window[], index: number): number {
  const before = windows.filter(({ last }) => last < index).at(-1);
  if (!before) return -1;
  return sigmoid((index - before.last) / Math.max(1, widthOf(before) - 1));
}

const sigmoid = (y: number): number => (y > FAR_AWAY ? -1 : 2 / (1 + Math.exp(5 * y)) - 1);
