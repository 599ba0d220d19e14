/** A stay in a stage; one that is not over is known to last at least so long. */
export interface Stay {
  readonly duration: number;
  readonly isOver: boolean;
}

export interface SurvivalStep {
  readonly time: number;
  /** Share still there after it. */
  readonly remaining: number;
  /** 95 % interval (Greenwood's variance on the log–log scale). */
  readonly low: number;
  readonly high: number;
}

export interface TimeInStage {
  readonly curve: readonly SurvivalStep[];
  /** Time by which half, or nine tenths, have left; undefined while too many are still there. */
  readonly median: number | undefined;
  readonly p90: number | undefined;
}

const Z = 1.959964;

/**
 * How long people stay: the Kaplan–Meier estimate. Leaving open stays out, or counting them as over,
 * would make every stage look shorter than it is.
 *
 * @see Kaplan, Meier: Nonparametric estimation from incomplete observations, 1958; marketing.md A32
 */
export function timeInStage(stays: readonly Stay[]): TimeInStage {
  const ordered = stays.toSorted((a, b) => a.duration - b.duration);
  const curve: SurvivalStep[] = [];
  let [remaining, greenwood] = [1, 0];
  for (let start = 0; start < ordered.length;) {
    const time = ordered[start]?.duration ?? 0;
    let end = start;
    let left = 0;
    for (; ordered[end]?.duration === time; end += 1) left += ordered[end]?.isOver ? 1 : 0;
    const atRisk = ordered.length - start;
    if (left > 0) {
      remaining *= 1 - left / atRisk;
      greenwood += left === atRisk ? 0 : left / (atRisk * (atRisk - left));
      curve.push({ time, remaining, ...bounds(remaining, greenwood) });
    }
    start = end;
  }
  const timeAt = (share: number) => curve.find((step) => step.remaining <= share + 1e-12)?.time;
  return { curve, median: timeAt(0.5), p90: timeAt(0.1) };
}

function bounds(remaining: number, greenwood: number): { low: number; high: number } {
  if (remaining <= 0 || remaining >= 1) return { low: remaining, high: remaining };
  const width = (Z * Math.sqrt(greenwood)) / Math.abs(Math.log(remaining));
  return { low: remaining ** Math.exp(width), high: remaining ** Math.exp(-width) };
}
