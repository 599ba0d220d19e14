import { quantile } from '../math/describe.ts';
import { createRandom } from '../math/random.ts';
import { areaUnderCurve, brierScore } from './area-under-curve.ts';

export interface Measured {
  readonly value: number;
  /** 95 % of bootstrap samples lie within. */
  readonly low: number;
  readonly high: number;
}

/** How good chances were, now that it is known what came. */
export interface ChanceReport {
  readonly auc: Measured;
  readonly brier: number;
  /** Of always saying the share seen in training. */
  readonly baseBrier: number;
  /** By how much the Brier score is better than that. */
  readonly improvement: Measured;
  readonly isDeployable: boolean;
  readonly reason: string;
}

const LEAST_AUC = 0.65;
const SAMPLES = 400;

/** Judges chances on outcomes they were not made from, with bootstrap intervals. */
export function judgeChances(
  chances: readonly number[],
  truth: readonly boolean[],
  { baseRate, seed = 1 }: { readonly baseRate: number; readonly seed?: number },
): ChanceReport {
  const random = createRandom(seed);
  const samples = Array.from({ length: SAMPLES }, () => {
    const picked = truth.map(() => random.below(truth.length));
    const own = picked.map((index) => chances[index] ?? 0);
    const came = picked.map((index) => truth[index] ?? false);
    return { auc: areaUnderCurve(own, came), gain: gainOver(baseRate, own, came) };
  });
  const within = (value: number, list: readonly number[]): Measured => ({
    value,
    low: quantile(list, 0.025),
    high: quantile(list, 0.975),
  });
  const auc = within(
    areaUnderCurve(chances, truth),
    samples.map((sample) => sample.auc),
  );
  const improvement = within(
    gainOver(baseRate, chances, truth),
    samples.map((sample) => sample.gain),
  );
  const brier = brierScore(chances, truth);
  return {
    auc,
    brier,
    baseBrier: brier + improvement.value,
    improvement,
    ...verdict(auc, improvement),
  };
}

const gainOver = (rate: number, chances: readonly number[], truth: readonly boolean[]): number =>
  brierScore(
    truth.map(() => rate),
    truth,
  ) - brierScore(chances, truth);

function verdict(auc: Measured, improvement: Measured) {
  if (auc.value < LEAST_AUC)
    return { isDeployable: false, reason: `AUC ${auc.value.toFixed(3)} is below ${LEAST_AUC}` };
  if (improvement.low <= 0)
    return { isDeployable: false, reason: 'The chances are not surely better than the base rate' };
  return { isDeployable: true, reason: 'Better than the base rate on later outcomes' };
}
